#!/usr/bin/env bash
# The thread sanitizer over what runs beside something else: work done by two threads, looks that share a commit,
# connections of both servers, and the handlers of screens.
#
#     tools/threads.sh
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

folder=build-tsan
tests='src/base/base_test src/office/act/act_test src/adapters/http/http_test src/adapters/web/web_test src/office/desk/desk_test'
[ -f "$folder/build.ninja" ] ||
    meson setup "$folder" -Db_sanitize=thread -Db_lundef=false --buildtype=debugoptimized >/dev/null
# shellcheck disable=SC2086
ninja -C "$folder" --quiet $tests

# Of GCC 12 it wants addresses that the kernel does not choose at random.
for test in $tests; do
    TSAN_OPTIONS=halt_on_error=1 setarch -R "$folder/$test"
done
