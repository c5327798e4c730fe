#!/usr/bin/env bash
# What a developer runs before every commit, in under three minutes: the plain build and every test of it
# but those that need a database server, tear a program down at many points, or draw thousands of pages.
# `make check` runs everything.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

tools/build.sh build
meson test -C build --no-rebuild --print-errorlogs --no-suite postgresql --no-suite faults --no-suite long
