#!/bin/bash
# What a lesson may lack is noticed: the judge of lessons_test.sh is given lessons with a piece missing.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

lesson=ch2-size-class
mkdir "$scratch/said" "$scratch/one"
cp "scripts/$lesson.lua" "$scratch/one"
run list "$scratch/one" --json
cp "$scratch/out" "$scratch/lessons.json"
run trace "scripts/$lesson.lua" -o "$scratch/said/$lesson..jsonl"
claim "a lesson can be traced" ended 0

# doctor CHANGE: lessons.json with that lesson alone, changed; its table has that lesson's rows alone.
doctor() {
    python3 - "$scratch/lessons.json" "$lesson" "$1" >"$scratch/doctored.json" <<'PYTHON'
import json, sys
path, name, change = sys.argv[1:]
lesson = next(one for one in json.load(open(path))["lessons"] if one["id"] == name)
exec(change)
print(json.dumps({"lessons": [lesson]}))
PYTHON
}

# judged PATTERN: a line of the verdict on the doctored lesson fits it.
judged() {
    python3 tests/lessons/whole.py "$scratch/doctored.json" "$scratch/said" \
        "${table:-docs/lessons.md}" >"$scratch/out"
    out_has "$1"
}

doctor "pass"
claim "as it is, it is whole" judged "^ok - $lesson"
while IFS='|' read -r what change lacks; do
    doctor "$change"
    claim "without $what it is not" judged "^not ok - $lesson: lacks .*$lacks"
done <<'CASES'
a Chinese title|lesson["title"].pop("zh")|title in zh
an English question|lesson["question"].pop("en")|question in en
a Chinese opening|lesson["opening"].pop("zh")|opening caption in zh
a claim|lesson["claims"] = []|claim
a source|lesson["claims"][0]["source"] = ""|source
Chinese evidence|lesson["claims"][0]["evidence"].pop("zh")|evidence in zh
the verdict of its row|lesson["claims"][0]["verdict"] = "true"|its verdict in the table
an expectation|lesson["expects"] = False|expect
the word that it is a model|lesson["opening"]["en"] = "Both compute."|the word that it is a model
CASES

doctor "pass"
grep -v "$lesson" docs/lessons.md >"$scratch/table.md"
table=$scratch/table.md
claim "without a row it is not" judged "^not ok - $lesson: lacks .*a row in the table"
table=
sed -i 's/,"zh":"[^"]*"//' "$scratch/said/$lesson..jsonl"
claim "with a caption in one language alone it is not" judged "^not ok - $lesson: lacks .*caption at step"
sed -i 's/"ask":/"asked":/' "$scratch/said/$lesson..jsonl"
claim "a lesson that asks nothing is counted" judged "^not ok - two scenes of three ask.*$lesson"
exit "$failed"
