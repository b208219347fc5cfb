#!/bin/bash
# Wrong usage ends with 64 and one line that points at the help.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh

wrong() {
    local what=$1 pattern=$2
    shift 2
    run "$@"
    claim "$what" refused 64 "$pattern.* \(see tophash help[a-z ]*\)$"
}

wrong "an unknown command" "unknown command fly" fly
wrong "an unknown long option" "unknown option --colour" run --colour "$scenarios/done.lua"
wrong "an unknown letter" "unknown option -x" run -x "$scenarios/done.lua"
wrong "an option without its value" "option --seed takes a value" run "$scenarios/done.lua" --seed
wrong "a flag with a value" "--json.* takes no value" run --json=yes "$scenarios/done.lua"
wrong "an operand missing" "run needs FILE" run
wrong "an operand too many" "unexpected argument b" run a b
wrong "a seed that is no number" "--seed seven: not a number" run --seed seven "$scenarios/done.lua"
wrong "a negative seed" "--seed -1: not a number" run --seed=-1 "$scenarios/done.lua"
wrong "a seed of 65 bits" "--seed 18446744073709551616: not" run --seed 18446744073709551616 x
wrong "a size without an x" "--size 1920: not a size" export x.lua -o a/ --size 1920
wrong "a size of 0" "--size 0x5: not a size" export "$scenarios/done.lua" -o a/ --size 0x5
wrong "steps backwards" "--steps 5..2: not steps" export "$scenarios/done.lua" -o a/ --steps 5..2
wrong "an unknown theme" "--theme pink: not one of dark light" play "$scenarios/done.lua" --theme pink
wrong "an unknown language" "--lang de: not one of en zh" play "$scenarios/done.lua" --lang de
wrong "a saved run of another name" "--save x.txt: the name ends in .schedule" \
    explore "$scenarios/done.lua" --save x.txt
wrong "a speed of 0" "--speed 0: not a number" play "$scenarios/done.lua" --speed 0
wrong "an export without -o" "export needs -o OUT" export "$scenarios/done.lua"
wrong "a trace without -o" "trace needs -o OUT" trace "$scenarios/done.lua"
wrong "an unknown format" "--format xml: not one of jsonl perfetto" trace a.lua -o - --format xml
wrong "help for an unknown command" "unknown command fly" help fly
exit "$failed"
