#!/usr/bin/env bash
# pages.sh [BIN [RUNS]]: how fast the pages that need no account are on a phone and at a desk, by Lighthouse, against a gateway of its own.
# Only here is Lighthouse installed (pages/package-lock.json).
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(cd "${1:-$here/build/release/bin}" && pwd) || exit 1
runs=${2:-3}
. "$here/gateway/web/use_node"
pages=$here/tests/bench/pages
[[ $pages/node_modules/.package-lock.json -nt $pages/package-lock.json ]] || npm ci --prefix "$pages" --ignore-scripts --loglevel=error || exit 75
. "$here/tests/functional/gateway/gateway_under_test"
start_gateway
node "$pages/measure.mjs" "$public" "$runs"
