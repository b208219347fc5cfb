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

# What the page has as code: in its blocks, and between backquotes.
{
    grep -ohE '`[^`]+`' "$page"
    cat "$scratch"/*.lua
} >"$scratch/code"

# The claim $1: each line of standard input is a word of the page's code.
described() {
    local what=$1 word undescribed=
    while read -r word; do
        grep -qE "(^|[^a-z_])$word([^a-z_]|\$)" "$scratch/code" || undescribed="$undescribed $word"
    done
    claim "$what${undescribed:+ (not:$undescribed)}" test -z "$undescribed"
}

# One quoted text a line, of the lists that begin with the line $1, up to the NULL at their end.
listed() {
    awk -v first="$1" '$0 ~ first { inside = 1 } inside; /NULL/ { inside = 0 }' sim/script/*.c |
        grep -oE '"[a-z_]+"' | tr -d '"' | sort -u
}

# Every word and method registered in the bindings.
described "every word is described" < <(grep -hoE '\{"[a-z_]+", *[a-z_]+\}' sim/script/bind_*.c |
    sed -E 's/\{"([a-z_]+)".*/\1/' | grep -v '^__' | sort -u)
described "every key of their tables is" < <(listed ' KEYS\[\] = ')
described "every choice is" < <(listed ' (MODES|SCHEDULES|TRUTHS|VERDICTS)\[\] = ')
described "every type is" < <({
    sed -n '/define TH_SCALARS/,/^$/p' sim/base/value.h
    sed -n '/} SHORT_NAMES\[\] = /,/^};/p' sim/script/value.c
} | grep -oE '"[][{}a-z0-9]+"' | sed -E 's/"//g; s/[][{}]/\\&/g' | sort -u)
described "every event of a pattern is" < <(sed -n '/define TH_EVENT_KINDS/,/^$/p' sim/memory/event.h |
    grep -oE ' X\([A-Z_]+, *"[a-z ]+"' | grep -oE '"[a-z ]+"' | tr -d '"')
exit "$failed"
