#!/bin/sh
# The scenario in README.md does what it says it expects.
set -u
cd "$(dirname "$0")/../.." || exit 1
TOPHASH=${TOPHASH:-build/debug/tophash}
scenario=$(mktemp -d)/readme.lua
awk '/^```lua/ { inside = 1; next } /^```/ { inside = 0 } inside' README.md >"$scenario"
"$TOPHASH" check "$scenario"
status=$?
rm -rf "$(dirname "$scenario")"
exit $status
