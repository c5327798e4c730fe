#!/usr/bin/env bash
# Every test, plain and under the address and undefined-behaviour sanitizers, then every parser's
# fuzzer for a short while. The last line is "N passed, N failed".
#
# FUZZ_SECONDS  how long each fuzzer runs (8)
# SPDX-License-Identifier: Apache-2.0
set -uo pipefail
cd "$(dirname "$0")/.."

tools/build.sh build || exit 2
tools/build.sh build-asan -Db_sanitize=address,undefined -Db_lundef=false --buildtype=debugoptimized || exit 2

export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/support/leaks.txt:print_suppressions=0
logs=()
for build in build build-asan; do
    echo "== $build"
    meson test -C $build --no-rebuild --print-errorlogs --timeout-multiplier 4
    logs+=("$build/meson-logs/testlog.json")
done

tools/fuzz.sh "${FUZZ_SECONDS:-8}"
logs+=(build-fuzz/fuzz.log)

python3 tools/tally.py "${logs[@]}"
