#!/usr/bin/env bash
# Runs every fuzzer for SECONDS under the address and undefined-behaviour sanitizers, two at a time,
# from its seed corpus. What it finds to crash stays in build-fuzz/crashes; build-fuzz/fuzz.log says
# "name ok" or "name failed".
#
#     tools/fuzz.sh SECONDS
# SPDX-License-Identifier: Apache-2.0
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=$1

[ -f build-fuzz/build.ninja ] ||
    CC=clang meson setup build-fuzz -Dfuzz=true -Dc_args=-fsanitize=fuzzer-no-link -Db_sanitize=address,undefined -Db_lundef=false >/dev/null || exit 2
ninja -C build-fuzz --quiet fuzzers || exit 2
mkdir -p build-fuzz/crashes
: >build-fuzz/fuzz.log

run_one() {
    local name=$1 corpus=$2
    mkdir -p "build-fuzz/found/$name"
    if "build-fuzz/tests/${name}_fuzzer" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/crashes/$name-" "build-fuzz/found/$name" "$corpus" >"build-fuzz/$name.out" 2>&1; then
        echo "$name ok" >>build-fuzz/fuzz.log
    else
        echo "$name failed" >>build-fuzz/fuzz.log
        tail -n 40 "build-fuzz/$name.out" >&2
    fi
    printf '%s: %s runs\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/$name.out")"
}
export -f run_one
export seconds
echo "== fuzzers, $seconds s each"
xargs -P 2 -L 1 bash -c 'run_one "$@"' _ <build-fuzz/tests/fuzzers.txt
