#!/bin/bash
# False sharing is counted: two cores, ten writes each, in one cache line and in two.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

run run tests/models/fs-one-line.lua
claim "in one line every write fetches it" \
    out_has "^lines     20 writes, 20 fetched a line, 800 ticks$"
run run tests/models/fs-one-line.lua --fix padding
claim "padded, each core fetches its own once" \
    out_has "^lines     20 writes, 2 fetched a line, 98 ticks$"
run run tests/models/fs-one-line.lua --json
claim "as JSON, too" out_has '"ticks":	800'
run run tests/models/m11-lock-order.lua
claim "nobody else is told of it" test -z "$(grep '^lines' "$scratch/out")"
exit "$failed"
