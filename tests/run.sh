#!/bin/bash
# Runs the tests that are built, two at a time, and ends with one line: N passed, N failed.
# Usage: tests/run.sh [WORD]    only those with WORD in their path
#
#   tests/**/*_test.c    a cmocka program in build/debug/tests; each of its tests counts
#   tests/**/*_test.sh   a script, run from the project's root; each line "ok ..." or "not ok ..."
#                        that it prints counts, or else its exit status counts as one test
#   scripts/             what `tophash check` says of each scenario
#
# An "ok" or "not ok" followed by "# SKIP" counts as skipped. Of what failed all is shown but its
# passes.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
readonly LOGS=build/test-logs
readonly LIMIT_S=600
export LC_ALL=C.UTF-8
export CMOCKA_MESSAGE_OUTPUT=TAP
export UBSAN_OPTIONS=print_stacktrace=1

# The logs of test $1 are $LOGS/$1 with slashes made underscores.
log_of() {
    echo "$LOGS/${1//\//__}"
}

# Writes the command for test $1 into the array `command`.
command_of() {
    case $1 in
    *.c) command=("build/debug/tests/$(basename "$1" .c)") ;;
    *.sh) command=("$1") ;;
    scripts) command=(build/debug/tophash check scripts) ;;
    esac
}

# "passed failed skipped" of test $1, whose exit status was $2 and output is $3.
count() {
    if [ "$1" = scripts ] && grep -qE '^[0-9]+ passed, [0-9]+ failed' "$3"; then
        sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2 0/p' "$3" | tail -n 1
        return
    fi
    awk -v status="$2" -v is_shell="$([[ $1 == *.sh ]] && echo 1 || echo 0)" '
        /^(not )?ok .*# SKIP/ { skipped++; next }
        /^ok / { passed++ }
        /^not ok / { failed++ }
        END {
            if (status != 0 && !failed) failed = 1 # died, or leaked after its last test
            if (is_shell && !passed && !failed && !skipped) passed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$3"
}

run_one() {
    local test=$1 log command status=0 numbers seconds
    log=$(log_of "$test")
    command_of "$test"
    SECONDS=0
    timeout --kill-after=10 "$LIMIT_S" "${command[@]}" </dev/null >"$log.log" 2>&1 || status=$?
    seconds=$SECONDS
    [ "$status" -ne 124 ] || echo "not ok: still running after $LIMIT_S seconds" >>"$log.log"
    numbers=$(count "$test" "$status" "$log.log")
    echo "$numbers" >"$log.count"
    read -r passed failed skipped <<<"$numbers"
    if [ "$failed" -eq 0 ] && [ "$status" -eq 0 ]; then
        printf 'ok    %-50s %5d passed%s  %d s\n' "$test" "$passed" \
            "$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")" "$seconds"
    else
        printf 'FAIL  %-50s %5d passed, %d failed, exit status %d\n%s\n' "$test" "$passed" \
            "$failed" "$status" "$(grep -v '^ok ' "$log.log" | tail -n 200 | sed 's/^/      /')"
    fi
}

if [ "${1:-}" = --one ]; then
    run_one "$2"
    exit 0
fi

rm -rf "$LOGS"
mkdir -p "$LOGS"
{
    find tests -name '*_test.c' -o -name '*_test.sh' | sort
    [ -z "$(find scripts -name '*.lua' 2>/dev/null)" ] || echo scripts
} | grep -e "${1:-}" >"$LOGS/tests"

# A failure is counted below; xargs itself has nothing to say.
xargs -r -P 2 -n 1 tests/run.sh --one <"$LOGS/tests"

while read -r test; do
    cat "$(log_of "$test").count" 2>/dev/null || echo "0 1 0" # its runner died
done <"$LOGS/tests" | awk '
    { passed += $1; failed += $2; skipped += $3 }
    END {
        printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : ""
        exit failed > 0 || passed == 0
    }'
