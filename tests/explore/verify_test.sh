#!/bin/bash
# `check` compares what exploring finds with what a scenario expects of it, and says what differs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# says WANTED WORDS: with WANTED expected, check passes ("") or its message holds the words.
says() {
    local wanted=$1 words=$2 answer
    sed "s|--\[\[WANTED\]\]|$wanted|" tests/explore/expect/lost.lua >"$folder/lost.lua"
    answer=$(build/debug/tophash check "$folder/lost.lua" || true)
    if [ -z "$words" ] && grep -q '^ok ' <<<"$answer"; then
        echo "ok $wanted"
    elif [ -n "$words" ] && grep -q "^FAIL .*lost.lua:8: exploring $words" <<<"$answer"; then
        echo "ok $wanted: $words"
    else
        echo "not ok $wanted: $answer"
    fi
}

says 'executions = 6' ''
says 'mode = "dpor", outcomes = { { label = "x 1" }, { label = "x 2" } }' ''
says 'mode = "bounded", bound = 0, executions = 2, complete = false' ''
says 'mode = "random", limit = 50, executions = 50, complete = false' ''
says 'complete = true, outcomes = { { done = true, label = "x 2", race = true, count = 2 } }' ''
says 'executions = 7' 'found 6 executions, not 7'
says 'complete = false' 'was complete'
says 'outcomes = { { label = "x 3" } }' 'did not find any end, label "x 3"'
says 'outcomes = { { label = "x 1", count = 3 } }' 'found 4 executions, not 3, of any end, label "x 1"'
says 'outcomes = { { label = "x 1", count = 0 } }' 'found 4 executions, not 0'
says 'outcomes = { { deadlock = true } }' 'did not find deadlock'
says 'states = 1' 'kept [0-9]* states, not 1'
