#!/usr/bin/env bash
# Measures on a made-up city of RESIDENTS, each figure beside a bare loop in the same run, and writes
# build/bench.csv: name,value,unit,bare,ratio,peak_mib. What each bare loop does stands in its source.
#
#     tools/bench.sh RESIDENTS
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

residents=$1
city=$(tools/bench_city.sh "$residents" build)
work=build/bench-data
csv=build/bench.csv
export SESSHU_OPERATOR=bench
unset SESSHU_STORE

benches='src/programs/addressee/import_bench ledger_bench src/adapters/print/papers_bench'
note() { printf '== %s\n' "$*" >&2; }
keep() { grep -E '^[a-z0-9.]+,[0-9.]+,' | tee -a "$csv" >&2; }

# shellcheck disable=SC2086
ninja -C build --quiet $benches
echo 'name,value,unit,bare,ratio,peak_mib' >"$csv"

note 'engine: whole residents, all vaccines, one core'
build/sesshu schedule bench --persons 100000 | awk '/judgements\/s/ {print "engine," $1 ",judgements/s,,,"}' | keep

# CDC's data and cases lie beside the checkout or nowhere; the tree does not hold them.
cdsi=${SESSHU_CDSI:-../shared/cdsi}
if [ -d "$cdsi/data" ]; then
    note 'cdsi: whole patients of CDC, all groups, one core'
    build/sesshu schedule bench --cdsi --data "$cdsi/data" --cases "$cdsi/cases-open.csv" |
        awk '/cases\/s/ {print "cdsi," $1 ",cases/s,,,"}' | keep
fi

note "import: resident feed of $residents"
rm -rf "$work"
build/sesshu init --data "$work" 2>/dev/null
build/src/programs/addressee/import_bench "$work" "$city"/JUKI_*_ALL_*.csv | keep

note 'history: the doses of the past, through the same door'
build/sesshu ledger sync --data "$work" >&2
build/sesshu ledger clinics "$city"/CLINIC_*.csv --data "$work" >&2 || true
began=$(date +%s)
build/sesshu ledger intake "$city"/YOSHIN_*_4001000_*.csv --as-of 2026-10-31 --outcome /dev/null \
    --data "$work" >build/bench-history.log 2>&1 || [ $? -eq 1 ]
note "history taken in $(($(date +%s) - began)) s"

note 'due and changes: one pass over the city'
build/ledger_bench due --data "$work" --as-of 2026-10-31 | keep

note 'intake: one file of a month'
month=$(ls -S "$city"/YOSHIN_202610_*.csv | head -n 1)
build/ledger_bench intake --data "$work" --as-of 2026-11-10 "$month" | keep

note 'looks: 50 people look and enter doses while a file comes in'
other=$(ls -S "$city"/YOSHIN_202610_*.csv | sed -n 2p)
build/ledger_bench looks --data "$work" --as-of 2026-11-10 "$other" | keep

note 'papers: letters and 予診票'
build/src/adapters/print/papers_bench 500 build/sesshu-paper-check | keep

note "written to $csv"
cat "$csv"
