#!/usr/bin/env bash
# Builds the front end: npm ci when the lock file has changed, then npm run build into web/dist.
# Called by the build; wants Node 20.19 or newer (./dev brings one into .cache/node when the system has none).
set -euo pipefail
web=$1
root=$(cd "$(dirname "$0")/.." && pwd)
local_node="$root/.cache/node/node_modules/.bin"
if [ -x "$local_node/node" ]; then export PATH="$local_node:$PATH"; fi
cd "$web"
stamp=node_modules/.ballast-lock
if ! cmp -s package-lock.json "$stamp"; then
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json "$stamp"
fi
npm run build --silent
