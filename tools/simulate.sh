#!/usr/bin/env bash
# The long version of the story of a whole city: SEEDS cities, each through the real programs, each
# sheet held against the truth.
#
#     tools/simulate.sh SEEDS
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
for seed in $(seq 1 "$1"); do
    echo "== seed $seed"
    python3 tests/stories/intake_truth.py build/sesshu 3000 "$seed" || failed=$((failed + 1))
done
echo "$(($1 - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
