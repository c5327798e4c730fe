#!/bin/sh
# The city that benches run on, made once per size and program: bench_city.sh RESIDENTS [BUILD]
# Prints its folder. SPDX-License-Identifier: Apache-2.0
set -eu
residents=$1
program=${2:-build}/sesshu-city
mark=$(sha256sum "$program" | cut -c1-12)
folder=$(dirname "$program")/bench-city-$residents-$mark
if [ ! -e "$folder/truth.csv" ]; then
    rm -rf "$(dirname "$program")/bench-city-$residents-"*
    # truth.csv is written last: a city without it was interrupted.
    "$program" make --residents "$residents" --seed 1 --as-of 2026-10-31 --out "$folder" >&2
fi
echo "$folder"
