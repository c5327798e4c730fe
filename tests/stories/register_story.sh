#!/bin/sh
# The story of register_story.py on a PostgreSQL cluster of its own.
# SPDX-License-Identifier: Apache-2.0
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/../support/with_postgresql.sh" sh -c 'python3 "$1/register_story.py" "$2" "$SESSHU_TEST_POSTGRESQL"' story "$here" "$1"
