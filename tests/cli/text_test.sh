#!/bin/bash
# A run in sentences: each step, its race, its captions, its end, in both languages.
set -uo pipefail
. tests/cli/support.sh

run trace scripts/ch3-two-writers.lua --format text -o "$scratch/en"
claim "it is written" ended 0
claim "the title comes first" test "$(head -n 1 "$scratch/en")" = "Two writers, one slot"
steps=$(build/debug/tophash trace scripts/ch3-two-writers.lua -o - | wc -l)
claim "every step has its line" test "$(wc -l <"$scratch/en")" = $((steps + 2))
claim "a read is a sentence" grep -qE '^1: G[12] reads h\.flags and finds ' "$scratch/en"
claim "a race names the other access" grep -qE ' Data race with G[12]: its (read|write) at step [0-9]+\.' \
    "$scratch/en"
claim "a caption stands with its step" grep -qE '^2: .*The check reserves nothing\.' "$scratch/en"
claim "no marks are left" test -z "$(grep -E '\*\*|\{[0-9a-z]+:' "$scratch/en")"
claim "the end is told" sh -c "tail -n 1 '$scratch/en' | grep -q 'fatal error: concurrent map writes'"
run trace scripts/ch3-two-writers.lua --format text --lang zh -o "$scratch/zh"
claim "in Chinese too" grep -q '^1: G[12] 读取 h.flags' "$scratch/zh"
run trace scripts/ch3-two-writers.lua --format text --lang fr -o "$scratch/fr"
claim "in no other" ended 64
exit "$failed"
