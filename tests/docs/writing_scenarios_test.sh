#!/bin/bash
# docs/writing-scenarios.md: every block of Lua is a scenario that check passes, and every word of the
# language is described.
set -uo pipefail
. tests/cli/support.sh
page=docs/writing-scenarios.md

awk -v folder="$scratch" '
    /^```lua$/ { inside = 1; file = sprintf("%s/%02d.lua", folder, ++count); next }
    /^```/ { inside = 0 }
    inside { print > file }' "$page"

run check "$scratch"
claim "the page has examples" test -e "$scratch/05.lua"
for example in "$scratch"/*.lua; do
    name=$(sed -nE 's/.*id = "([^"]*)".*/\1/p' "$example" | head -n 1)
    claim "the example '$name' is as it says" grep -q "^ok .*$(basename "$example")" "$scratch/out"
done

# Every word and method registered in the bindings stands somewhere between backquotes or in Lua.
words=$(grep -hoE '\{"[a-z_]+", *[a-z_]+\}' sim/script/bind_*.c | sed -E 's/\{"([a-z_]+)".*/\1/' |
    grep -v '^__' | sort -u)
undescribed=
for word in $words; do
    grep -qE "(^|[^a-z_])$word([^a-z_]|\$)" "$page" || undescribed="$undescribed $word"
done
claim "every word is described ($undescribed)" test -z "$undescribed"
exit "$failed"
