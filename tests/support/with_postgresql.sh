#!/bin/sh
# with_postgresql.sh COMMAND...: runs COMMAND beside a PostgreSQL cluster of its own and ends the cluster.
# SPDX-License-Identifier: Apache-2.0
#
# COMMAND finds SESSHU_TEST_POSTGRESQL=postgresql://sesshu_test@127.0.0.1:PORT/sesshu_test, and its password in
# PGPASSFILE: what stands on a command line or in a URL is read by every user of the machine; and the server's
# process in SESSHU_TEST_SERVER. The cluster
# lies in a temporary folder and never syncs, for nothing in it is worth keeping; SESSHU_TEST_DURABLE=on is for
# measures: it syncs, clears and has the memory of a server. PostgreSQL refuses root, so
# root runs the server (not the command) as the user postgres. Exit status 77 (skipped) without PostgreSQL.
set -eu

bin=$(pg_config --bindir 2>/dev/null || true)
[ -x "$bin/initdb" ] || bin=$(find /usr/lib/postgresql -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || { echo "no PostgreSQL server here" >&2; exit 77; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/sesshu-pg.XXXXXX")
as_server=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_server="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi

end() {
    [ -f "$folder/data/postmaster.pid" ] && (cd / && $as_server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" > "$folder/password"
[ -z "$as_server" ] || chown postgres "$folder/password"
cd /
$as_server "$bin/initdb" -D "$folder/data" -U sesshu_test --pwfile="$folder/password" --auth-host=scram-sha-256 \
    --auth-local=trust --no-sync --encoding=UTF8 --locale=C > "$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }

durable=${SESSHU_TEST_DURABLE:-off}
[ "$durable" = on ] && memory=512MB || memory=64MB
# Another process may take the port between our look and the server's start; then the next one is tried.
started=
for try in 1 2 3 4 5 6 7 8; do
    port=$(( 20000 + ( $$ * 7 + try * 997 + $(od -An -N2 -tu2 /dev/urandom) ) % 12000 ))
    if $as_server "$bin/pg_ctl" -D "$folder/data" -w -t 30 -l "$folder/server.log" start >/dev/null 2>&1 -o "-p $port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=$durable -c full_page_writes=$durable \
        -c synchronous_commit=$durable -c shared_buffers=$memory -c max_wal_size=1GB -c autovacuum=$durable -c log_statement=none"; then
        started=yes
        break
    fi
done
[ -n "$started" ] || { cat "$folder/server.log" >&2; exit 1; }
(umask 077; printf '127.0.0.1:%s:*:sesshu_test:%s\n' "$port" "$password" > "$folder/pgpass")
PGPASSFILE=$folder/pgpass
export PGPASSFILE
"$bin/createdb" -h 127.0.0.1 -p "$port" -U sesshu_test sesshu_test

# Debian's psql is a program in Perl that looks for the server first: it costs ten times what the query does.
PATH=$bin:$PATH
export PATH
cd "$OLDPWD"
SESSHU_TEST_POSTGRESQL="postgresql://sesshu_test@127.0.0.1:$port/sesshu_test"
SESSHU_TEST_SERVER=$(head -n 1 "$folder/data/postmaster.pid")
export SESSHU_TEST_POSTGRESQL SESSHU_TEST_SERVER
status=0
"$@" || status=$?
exit "$status"
