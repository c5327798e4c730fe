#!/usr/bin/env bash
# The long version of the fault test: every write, flush, rename and read of an import and an intake.
#
#     tools/torture.sh SECONDS     0: as long as it takes
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$1" = 0 ] || export TORTURE_SECONDS=$1
exec tests/faults/torture.py build 0
