#!/bin/sh
# The whole test suite. Installs what a fresh machine lacks: Chromium (with apt as root, else
# Playwright's own), the Telegram test peer (npm).
# Arguments go to pytest: sh tests/run.sh tests/review -x
set -eu
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    elif ! python -m playwright install chromium; then
        echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium) and run again." >&2
        exit 1
    fi
fi

sh tests/channel/peer/install.sh

# Tests that start browsers or whole bots share an xdist_group each, so that they take turns on a small machine.
exec python -m pytest -n "${TEST_PROCESSES:-2}" --dist loadgroup --durations 15 "$@"
