#!/bin/bash
# Three writers of one write each are explored completely within a minute, all orders and reduced.
set -euo pipefail
for mode in all dpor; do
    answer=$(timeout 60 build/tophash explore tests/explore/three-writers.lua --mode $mode --json \
        || true)
    if grep -q '"complete":[[:space:]]*true' <<<"$answer" \
        && grep -q '"message":[[:space:]]*"concurrent map writes"' <<<"$answer"; then
        echo "ok $mode explores three writers within a minute"
    else
        echo "not ok $mode explores three writers within a minute"
    fi
done
