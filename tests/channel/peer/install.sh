#!/bin/sh
# Installs into .venv/bot_api, when it is missing or another version: the test peer (npm telegram-test-api), and a
# JSON Schema of the Bot API made from the types of npm @gramio/types. Needs node and npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
there="$here/../../../.venv/bot_api"

if cat "$here/package-lock.json" "$here/bot-api.ts" | cmp -s - "$there/installed"; then
    exit 0
fi
if ! command -v npm >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The Telegram tests need node and npm. Install them (Debian: apt-get install nodejs npm) and run again." >&2
        exit 1
    fi
    echo "Installing node and npm for the Telegram tests ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
rm -rf "$there"
mkdir -p "$there"
cp "$here/package.json" "$here/package-lock.json" "$here/bot-api.ts" "$there/"
cd "$there"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent
echo '{"compilerOptions": {"module": "node16", "moduleResolution": "node16", "strict": true, "types": []}}' >tsconfig.json
node_modules/.bin/ts-json-schema-generator --path bot-api.ts --type '*' --tsconfig tsconfig.json --no-type-check \
    --out bot-api.schema.json
cat package-lock.json bot-api.ts >installed
