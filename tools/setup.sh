#!/usr/bin/env bash
# Installs what is missing for building, running and testing on a bare Debian 12, and nothing else.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

packages=(
    # build
    meson ninja-build pkg-config gcc libc6-dev
    # libraries
    libsqlite3-dev libpq-dev libmicrohttpd-dev libgnutls28-dev libcurl4-openssl-dev libssl-dev
    libjansson-dev libcbor-dev libicu-dev libcairo2-dev libpango1.0-dev libfontconfig-dev libzint-dev
    libpoppler-glib-dev libxml2-dev libzbar-dev libxlsxwriter-dev
    # fonts of the papers
    fonts-ipamj-mincho fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-noto-cjk
    # tests: the other database, the fuzzers, reading papers back, the model of the exchange
    libcmocka-dev postgresql-15 clang llvm-14 libclang-rt-14-dev poppler-utils python3 spin
)

# A browser for the tests of the screens. node may have come from elsewhere.
packages+=(chromium)
command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
# What the browser tests need from npm: by name, version and digest of tests/browser/package-lock.json. Without it they are
# skipped and say so; nothing else needs it.
browser_modules() {
    [ tests/browser/node_modules/.package-lock.json -nt tests/browser/package-lock.json ] && return
    npm ci --prefix tests/browser --silent ||
        echo "画面の試験に使う部品 (npm) を入れられませんでした。画面の試験はとばします。" >&2
}

cd "$(dirname "$0")/.."
if [ ${#missing[@]} -eq 0 ]; then
    browser_modules
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "次のパッケージが足りません。root で入れてください: apt-get install ${missing[*]}" >&2
        exit 2
    }
    as_root=(sudo)
fi
echo "足りないパッケージを入れます: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
# A test starts its own PostgreSQL cluster: the package need not make and start one.
"${as_root[@]}" mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
browser_modules
