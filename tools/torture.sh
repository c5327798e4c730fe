#!/usr/bin/env bash
# The long version of the fault test: every write, flush, rename and read of what changes an office on SQLite, and every
# message to the server on PostgreSQL.
#
#     tools/torture.sh SECONDS     on each engine; 0: as long as it takes
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$1" = 0 ] || export TORTURE_SECONDS=$1
tests/faults/torture.py build 0
tests/support/with_postgresql.sh tests/faults/torture.py build 0
