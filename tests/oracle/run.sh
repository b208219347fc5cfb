#!/bin/sh
# make oracle: takes traces of the real Go runtime and replays them. SCALE operations in all.
set -eu
cd "$(dirname "$0")/../.."
rm -rf build/oracle/fresh
tests/oracle/take.sh build/oracle/fresh "${SCALE:-200000}"
build/oracle/oracle -verify build/oracle/fresh/*.jsonl
build/tophash conform tests/oracle/traces/*.jsonl build/oracle/fresh/*.jsonl
