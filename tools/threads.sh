#!/usr/bin/env bash
# The thread sanitizer over what runs beside something else: looks that share a commit, a server's connections.
#
#     tools/threads.sh
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

folder=build-tsan
[ -f "$folder/build.ninja" ] ||
    meson setup "$folder" -Db_sanitize=thread -Db_lundef=false --buildtype=debugoptimized >/dev/null
ninja -C "$folder" --quiet src/office/act/act_test src/adapters/http/http_test

# Of GCC 12 it wants addresses that the kernel does not choose at random.
for test in src/office/act/act_test src/adapters/http/http_test; do
    TSAN_OPTIONS=halt_on_error=1 setarch -R "$folder/$test"
done
