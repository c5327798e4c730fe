#!/usr/bin/env bash
# Measures on a made-up city of RESIDENTS, each figure beside a bare loop in the same run where it has one, and writes
# name,value,unit,bare,ratio,peak_mib: build/bench.csv of SQLite, build/bench-postgresql.csv of a PostgreSQL server of its
# own on the loopback, which syncs (fsync on). Rows that end in `.far` are the same commands with a server that is 1 ms away
# (tests/stories/wire.py), those with `.trips` how often a program waited for its answer. Commands have `.cpu` too: of the
# program and the server together, which a busy machine moves little.
# What each bare loop does stands in its source.
#
#     tools/bench.sh RESIDENTS [sqlite|postgresql|far]      all three, unless one is named
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

residents=$1
engine=${2:-all}
export SESSHU_OPERATOR=bench
note() { printf '== %s\n' "$*" >&2; }

# ---- all three, and how many times as long as on SQLite

beside_sqlite() {
    note 'seconds on PostgreSQL, and far away, as so many times those on SQLite'
    awk -F, 'NR == FNR {if ($3 == "s") sqlite[$1] = $2; next}
             {name = $1; sub(/\.far$/, "", name)}
             $3 == "s" && sqlite[name] > 0 {printf "%-24s %.2f\n", $1, $2 / sqlite[name]}' \
        build/bench.csv build/bench-postgresql.csv
}

if [ "$engine" = all ]; then
    tools/bench.sh "$residents" sqlite
    for place in postgresql far; do
        server=0
        SESSHU_TEST_DURABLE=on tests/support/with_postgresql.sh tools/bench.sh "$residents" "$place" || server=$?
        [ "$server" -ne 77 ] || { note 'no PostgreSQL here: measured on SQLite alone'; exit 0; }
        [ "$server" -eq 0 ] || exit "$server"
    done
    beside_sqlite
    exit 0
fi

# ---- where

city=$(tools/bench_city.sh "$residents" build)
work=build/bench-data-$engine
csv=build/bench-postgresql.csv
case $engine in
sqlite)
    csv=build/bench.csv
    unset SESSHU_STORE
    ;;
postgresql) export SESSHU_STORE=$SESSHU_TEST_POSTGRESQL ;;
far)
    place=${SESSHU_TEST_POSTGRESQL#*@}
    place=${place%%/*}
    rm -f build/bench-wire.port
    tests/stories/wire.py "$place" 1 build/bench-wire.trips >build/bench-wire.port &
    wire=$!
    trap 'kill $wire' EXIT
    until [ -s build/bench-wire.port ]; do sleep 0.1; done
    near=127.0.0.1:$(cat build/bench-wire.port)
    export SESSHU_STORE=${SESSHU_TEST_POSTGRESQL/$place/$near}
    sed "s/^127.0.0.1:[0-9]*:/127.0.0.1:${near#*:}:/" "$PGPASSFILE" >build/bench-wire.pgpass
    chmod 600 build/bench-wire.pgpass
    export PGPASSFILE=$PWD/build/bench-wire.pgpass
    ;;
esac

# Looks and pages: as long as the promise says for the city that it is about.
lasts=$((residents >= 910000 ? 600 : 20))

# ---- how

keep() { grep -E '^[a-z0-9.]+,[0-9.]+,' | if [ "$engine" = far ]; then sed 's/^\([a-z0-9.]*\),/\1.far,/'; else cat; fi | tee -a "$csv" >&2; }
trips() { if [ "$engine" = far ]; then sleep 0.2; cat build/bench-wire.trips; else echo 0; fi; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
# What the server's processes that ended took of processor, in hundredths of a second, with what the postmaster has.
server() { if [ -n "${SESSHU_TEST_SERVER:-}" ]; then awk '{print $14 + $15 + $16 + $17}' "/proc/$SESSHU_TEST_SERVER/stat"; else echo 0; fi; }

# NAME ROWS COMMAND...: a whole command in seconds, and of processor time with the server's; status 1 says that somebody
# has rows to look at.
timed() {
    local name=$1 rows=$2 before began took cpu used TIMEFORMAT='%U %S'
    shift 2
    before=$(trips) cpu=$(server)
    began=$(milliseconds)
    used=$({ time "$@" >/dev/null 2>>build/bench.log; } 2>&1) || [ $? -eq 1 ]
    took=$(($(milliseconds) - began))
    {
        printf '%s,%d.%03d,s,,,\n' "$name" $((took / 1000)) $((took % 1000))
        awk -v name="$name" -v used="$used" -v server=$(($(server) - cpu)) \
            'BEGIN {split(used, of, " "); printf "%s.cpu,%.3f,s,,,\n", name, of[1] + of[2] + server / 100}'
        [ "$engine" != far ] || awk -v name="$name" -v trips=$(($(trips) - before)) -v rows="$rows" \
            'BEGIN {printf "%s.trips,%d,trips,,,\n%s.trips.row,%.4f,trips/row,,,\n", name, trips, name, trips / rows}'
    } | keep
}
rows_of() { cat "$@" | wc -l; }
# The biggest file of the month, the next one, and so on.
month() { ls -S "$city"/YOSHIN_202610_*.csv | sed -n "$1p"; }

# shellcheck disable=SC2086
ninja -C build --quiet src/programs/addressee/import_bench ledger_bench linkage_bench src/adapters/print/papers_bench
[ "$engine" = far ] || echo 'name,value,unit,bare,ratio,peak_mib' >"$csv"
: >build/bench.log
rm -rf "$work"
build/sesshu init --data "$work" 2>>build/bench.log

# ---- what

if [ "$engine" = sqlite ]; then
    note 'engine: whole residents, all vaccines, one core'
    build/sesshu schedule bench --persons 100000 | awk '/judgements\/s/ {print "engine," $1 ",judgements/s,,,"}' | keep

    # CDC's data and cases lie beside the checkout or nowhere; the tree does not hold them.
    cdsi=${SESSHU_CDSI:-../shared/cdsi}
    if [ -d "$cdsi/data" ]; then
        note 'cdsi: whole patients of CDC, all groups, one core'
        build/sesshu schedule bench --cdsi --data "$cdsi/data" --cases "$cdsi/cases-open.csv" |
            awk '/cases\/s/ {print "cdsi," $1 ",cases/s,,,"}' | keep
    fi
fi

note "import: resident feed of $residents"
all=("$city"/JUKI_*_ALL_*.csv)
people=$(rows_of "${all[@]}")
if [ "$engine" = sqlite ]; then
    build/src/programs/addressee/import_bench "$work" "${all[@]}" | keep
else
    timed import "$people" build/sesshu addressee import "${all[@]}" --data "$work" --as-of 2026-10-31
fi

note 'sync: everybody, for the first time'
timed sync "$people" build/sesshu ledger sync --data "$work" --as-of 2026-10-31

note 'history: the doses of the past, through the same door'
timed clinics "$(rows_of "$city"/CLINIC_*.csv)" build/sesshu ledger clinics "$city"/CLINIC_*.csv --data "$work" --as-of 2026-10-31
timed history "$(rows_of "$city"/YOSHIN_*_4001000_*.csv)" build/sesshu ledger intake "$city"/YOSHIN_*_4001000_*.csv \
    --as-of 2026-10-31 --outcome /dev/null --data "$work"

note 'due and changes: one pass over the city'
build/ledger_bench due --data "$work" --as-of 2026-10-31 | keep

note 'a month: a file of a clinic, a day of the register'
timed intake.command "$(rows_of "$(month 1)")" build/sesshu ledger intake "$(month 1)" --data "$work" --as-of 2026-11-10 --outcome /dev/null
build/ledger_bench intake --data "$work" --as-of 2026-11-10 "$(month 2)" | keep
day=("$city"/JUKI_*_DIF_*_002.csv)
timed import.difference "$(rows_of "${day[@]}")" build/sesshu addressee import "${day[@]}" --data "$work" --as-of 2026-11-10
timed sync.difference "$(rows_of "${day[@]}")" build/sesshu ledger sync --data "$work" --as-of 2026-11-10

if [ "$engine" != far ]; then
    note 'looks: 50 people look and enter doses while files come in'
    build/ledger_bench looks --data "$work" --as-of 2026-11-10 --seconds "$lasts" "$(month 3)" "$(month 4)" | keep

    note 'pages: 50 clerks at the screens of a real office, and again while a file comes in'
    build/sesshu ledger standing roll --data "$work" --as-of 2026-11-10 >>build/bench.log 2>&1
    tools/pages_bench.py "$work" 2026-11-10 "$lasts" "$(month 5)" | keep
fi

if [ "$engine" = sqlite ]; then
    note 'linkage: two cities and the network, one asks about everybody of the other'
    tools/linkage_bench.py | keep

    note 'papers: letters and 予診票'
    build/src/adapters/print/papers_bench 500 build/sesshu-paper-check | keep
fi

note "written to $csv"
cat "$csv"
