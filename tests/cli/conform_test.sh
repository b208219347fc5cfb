#!/bin/bash
# `tophash conform` compares traces of real Go maps, one line each.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh
traces=tests/oracle/traces

run conform "$traces"/*.jsonl
claim "the committed traces agree" ended 0
claim "one line each" test "$(grep -cE '^ok   .*\.jsonl  [0-9]+ operations, [0-9]+ states compared$' \
    "$scratch/out")" = "$(find "$traces" -name '*.jsonl' | wc -l)"

full=$traces/full-longchurn-int.jsonl
sed '5s/"op":"set","k":"\([^"]*\)","h":"\([^"]*\)","v":[0-9]*/"op":"set","k":"\1","h":"\2","v":1/' \
    "$full" >"$scratch/value.jsonl"
run conform "$scratch/value.jsonl" "$full"
claim "a value that differs fails" ended 1
claim "the first difference is told by line and operation" \
    out_has "^FAIL $scratch/value.jsonl:[0-9]+  operation [0-9]+ differs: "
claim "by its fields" out_has "^    digest  +[0-9a-f]{16}  +[0-9a-f]{16}$"
claim "and slot by slot, side by side" \
    out_has "^  \* slot 1  [0-9a-f]{2} [0-9a-f]{16} [0-9a-f]{16}  \|  [0-9a-f]{2} [0-9a-f]{16} 0100000000000000$"
claim "the other files are compared all the same" out_has "^ok   $full  "

head -c 2000 "$full" >"$scratch/cut.jsonl"
run conform "$scratch/cut.jsonl"
claim "a cut file is told by line" refused 1 "$scratch/cut.jsonl:[0-9]+: the file was cut"
head -n 10 "$full" >"$scratch/short.jsonl"
run conform "$scratch/short.jsonl"
claim "a short file is told by line" refused 1 "$scratch/short.jsonl:10: the file ends after 9 of 300"
{ head -n 7 "$full"; tail -n +9 "$full"; } >"$scratch/gap.jsonl"
run conform "$scratch/gap.jsonl"
claim "a missing operation is told by line" refused 1 "$scratch/gap.jsonl:8: operation 7, where 6"
run conform "$scratch/none.jsonl"
claim "a missing file is one line" refused 1 "$scratch/none.jsonl: No such file"
run conform "$scratch"
claim "a folder is one line" ended 1
run conform
claim "no file is wrong usage" ended 64
exit "$failed"
