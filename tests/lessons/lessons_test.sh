#!/bin/bash
# Every lesson is whole: both languages, a question, a claim with verdict, evidence and source, an
# expectation, and its row in docs/lessons.md, with the same verdict.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

run list scripts --json
claim "the lessons can be listed" ended 0
cp "$scratch/out" "$scratch/lessons.json"

# What is said on the way, with each cure.
mkdir "$scratch/said"
python3 -c '
import json, sys
for lesson in json.load(open(sys.argv[1]))["lessons"]:
    for fix in lesson["fixes"] or [""]:
        print(lesson["id"], lesson["path"], fix, sep="\t")' "$scratch/lessons.json" >"$scratch/runs"
while IFS=$'\t' read -r id path fix; do
    run trace "$path" -o "$scratch/said/$id.$fix.jsonl" ${fix:+--fix "$fix"}
    [ "$status" = 0 ] || claim "$id ${fix:+($fix) }can be traced" false
done <"$scratch/runs"

python3 tests/lessons/whole.py "$scratch/lessons.json" "$scratch/said" docs/lessons.md || failed=1
exit "$failed"
