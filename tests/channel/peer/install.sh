#!/bin/sh
# Installs the test peer (npm telegram-test-api) into .venv/peer when it is missing or another version. Needs node and npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
peer="$here/../../../.venv/peer"

if cmp -s "$here/package-lock.json" "$peer/installed"; then
    exit 0
fi
if ! command -v npm >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The Telegram peer test needs node and npm. Install them (Debian: apt-get install nodejs npm) and run again." >&2
        exit 1
    fi
    echo "Installing node and npm for the Telegram peer test ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
rm -rf "$peer"
mkdir -p "$peer"
cp "$here/package.json" "$here/package-lock.json" "$peer/"
(cd "$peer" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent)
cp "$here/package-lock.json" "$peer/installed"
