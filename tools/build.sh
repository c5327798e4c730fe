#!/usr/bin/env bash
# Configures a build folder once and brings it up to date.
#
#     tools/build.sh FOLDER [meson option...]
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$1
shift
[ -f "$folder/build.ninja" ] || meson setup "$folder" "$@" >/dev/null || {
    cat "$folder/meson-logs/meson-log.txt" >&2
    exit 2
}
ninja -C "$folder" --quiet
