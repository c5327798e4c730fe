#!/bin/sh
# What an office does every night: take over the register's changes, erase what is kept for a time only, prove the trail, keep a copy, judge whose day of
# change has come, keep what changed in a month, look at the certificates. Run by sesshu-nightly.service, or by hand. The first trouble ends it with its status; the log says where.
#
#     SESSHU_DATA     the office                    SESSHU_BACKUPS  where copies are kept (a folder of the office's user)
#     SESSHU_STORE    its databases, if not SQLite  SESSHU_KEEP     how many copies stay, 14 by default
#     SESSHU          the front, `sesshu` by default
# SPDX-License-Identifier: Apache-2.0
set -eu
sesshu=${SESSHU:-sesshu}
backups=${SESSHU_BACKUPS:?控えを置くフォルダーを SESSHU_BACKUPS に指定してください}
keep=${SESSHU_KEEP:-14}

step() {
    echo "sesshu-nightly: $*"
    "$sesshu" "$@"
}

step ledger sync
# Before the copy is taken: it holds nothing whose time is over.
step erase
step audit verify

# A copy that was broken off has no list of one of the systems: it is no copy, and is taken away.
umask 077
mkdir -p "$backups"
for copy in "$backups"/*.taking; do
    [ -d "$copy" ] && rm -rf "$copy"
done
name=$backups/$(date +%Y%m%d-%H%M%S)
step backup --to "$name.taking"
mv "$name.taking" "$name"
ls -1d "$backups"/[0-9]*-[0-9]* | sort | head -n "-$keep" | while IFS= read -r old; do
    rm -rf "$old"
done
step ledger standing roll
step ledger standing verify
# What the pages of the difference read in the morning.
step ledger keep-changes
# Last: a certificate that must be renewed within 60 days marks the night as failed, and has cost nothing.
step tls status
echo "sesshu-nightly: 終わりました ($name)"
