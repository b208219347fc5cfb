#!/bin/bash
# `tophash trace` writes every step, whole or not at all.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

steps=$("$TOPHASH" run "$scenarios/fatal.lua" 2>"$scratch/err" | sed -n 's/^steps  *//p')
run trace "$scenarios/fatal.lua" -o "$scratch/trace.jsonl"
claim "a trace is written" ended 0
claim "one line for each step" test "$(wc -l <"$scratch/trace.jsonl")" = "$steps"
lines() {
    python3 -c 'import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
sys.exit(not eval(sys.argv[2]))' "$scratch/trace.jsonl" "$1"
}
claim "numbered from 1" lines '[r["step"] for r in rows] == list(range(1, len(rows) + 1))'
claim "with names of addresses" lines 'any(r.get("name") == "h.flags" for r in rows)'
claim "with the runtime's routine" lines 'any(r.get("routine") == "mapassign_fast64" for r in rows)'
claim "with the scenario's line" lines 'any(r.get("source") == "m[1] = 1" and r["line"] == 7 for r in rows)'
claim "with whole values" lines 'any(r["kind"] == "write" and r.get("value", -1) == 4 for r in rows)'

claim "with its end on the last line" \
    lines '[r.get("outcome") for r in rows] == [None] * (len(rows) - 1) + ["fatal"] and rows[-1]["message"] == "concurrent map writes"'

run trace "$scenarios/fatal.lua" -o -
claim "- is standard output" cmp -s "$scratch/out" "$scratch/trace.jsonl"

run trace "$scenarios/fatal.lua" --format perfetto -o "$scratch/trace.json"
claim "a trace for Perfetto is written" ended 0
claim "it is one JSON object with an event for each step" python3 -c 'import json, sys
events = json.load(open(sys.argv[1]))["traceEvents"]
sys.exit(sum(e["ph"] == "X" for e in events) != int(sys.argv[2]))' "$scratch/trace.json" "$steps"

# Kinds of steps that are the scenario's own or the scheduler's have no line of pseudo-source.
for fix in any go; do
    run trace "$scenarios/every-sync.lua" --fix "$fix" -o "$scratch/trace.jsonl"
    claim "every step of sync stands in its pseudo-source ($fix)" lines \
        'all(r.get("pseudo") for r in rows if r.get("request") == "sync" and r["kind"] != "schedule")'
    claim "in more than twenty routines of it ($fix)" lines \
        'len({r["routine"] for r in rows if r.get("request") == "sync" and "routine" in r}) > 20'
done

echo before >"$scratch/kept"
ln -s kept "$scratch/link"
run trace nothing.lua -o "$scratch/kept"
claim "a failed trace leaves the old file" test "$(cat "$scratch/kept")" = before
claim "no temporary file is left" test -z "$(find "$scratch" -name '*.??????' -newer "$scratch/kept")"
exit "$failed"
