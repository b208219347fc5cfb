# For the tests of the command line: sourced by each. Run from the project's root.
TOPHASH=${TOPHASH:-build/debug/tophash}
scenarios=tests/cli/scenarios
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# Runs tophash with the arguments; sets $status, and writes $scratch/out and $scratch/err.
run() {
    status=0
    "$TOPHASH" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

# One test: what it claims, then a command that is true if so. Shows what the program said if not.
claim() {
    what=$1
    shift
    if "$@"; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        echo "# exit status $status; standard output, error:"
        sed 's/^/#   /' "$scratch/out" "$scratch/err" | head -n 40
        failed=1
    fi
}

ended() {
    [ "$status" = "$1" ]
}

# One line on stderr that begins with "tophash: " and matches the extended regular expression.
one_line() {
    [ "$(wc -l <"$scratch/err")" = 1 ] && grep -qE "^tophash: $1" "$scratch/err"
}

# Ended with status $1, nothing on stdout, and one line on stderr that matches $2.
refused() {
    ended "$1" && one_line "$2" && [ ! -s "$scratch/out" ]
}

out_has() {
    grep -qE -- "$1" "$scratch/out"
}

err_has() {
    grep -qE -- "$1" "$scratch/err"
}
