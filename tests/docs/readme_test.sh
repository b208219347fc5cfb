#!/bin/bash
# README.md: its scenario does what it says it expects, and its keys are those of the program's help.
set -uo pipefail
. tests/cli/support.sh

awk '/^```lua/ { inside = 1; next } /^```/ { inside = 0 } inside' README.md >"$scratch/readme.lua"
run check "$scratch/readme.lua"
claim "the scenario is as it says" ended 0

# One key a line, of texts like "Home, End" and "Shift + → ←".
keys_in() {
    grep -oE '[A-Z][A-Za-z]*[0-9]*|[0-9]|[←→↑↓?]' | sort -u
}

# The help's Shift is a sign.
grep -oE 'ROW\([A-Z]+, "[^"]*"' gui/view/help.c | cut -d'"' -f2 | sed 's/⇧/Shift/g' | keys_in \
    >"$scratch/help"
unknown=$(awk -F'|' '/^## /{ inside = /Keys/ } inside && /^\|/ && !/^\| (key|---)/ { print $2, $4 }' \
    README.md | keys_in | tee "$scratch/keys" | grep -vxFf "$scratch/help" | tr '\n' ' ')
claim "the keys are there" grep -q Space "$scratch/keys"
claim "every key is in the help ($unknown)" test -z "$unknown"
missing=$(grep -vxFf "$scratch/keys" "$scratch/help" | tr '\n' ' ')
claim "and every key of the help is here ($missing)" test -z "$missing"
grep -oE 'ROW\([A-Z]+, "[^"]*"' gui/view/help.c | grep -oE '⇧ [A-Z]\b' | sed 's/⇧/Shift +/' \
    >"$scratch/chords"
missing=$(while read -r chord; do grep -qF "| $chord" README.md || printf '%s, ' "$chord"; done \
    <"$scratch/chords")
claim "with those of Shift ($missing)" test -z "$missing"
exit "$failed"
