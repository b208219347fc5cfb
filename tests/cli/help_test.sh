#!/bin/bash
# The help, the command line's document and what is understood name the same commands and options.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh
document=docs/command-line.md

run help
claim "help ends with 0" ended 0
cp "$scratch/out" "$scratch/help"
commands=$(sed -nE 's/^  ([a-z]+) .*/\1/p' "$scratch/help")
claim "help names the commands" test -n "$commands"
run --help
claim "--help is help" cmp -s "$scratch/help" "$scratch/out"
run --version
claim "--version prints a version" out_has '^tophash [0-9]+\.[0-9]+\.[0-9]+$'

# The options under a command's heading of the document, sorted: those at the start of a line.
documented() {
    sed -n "/^## $1\$/,/^## /p" "$document" | grep -E '^`-' | sed 's/: .*//; s/:$//' |
        grep -oE -- '--[a-z-]+' | sort
}

for command in $commands; do
    run help "$command"
    options=$(grep -oE -- '^  +(-[a-z], )?--[a-z-]+' "$scratch/out" | grep -oE -- '--[a-z-]+' |
        grep -v -- --help | sort)
    claim "help $command ends with 0" ended 0
    claim "the document has $command" grep -qx "## $command" "$document"
    claim "the document has the options of $command" test "$options" = "$(documented "$command")"
    cp "$scratch/out" "$scratch/one"
    run "$command" --help
    claim "$command --help is help $command" cmp -s "$scratch/one" "$scratch/out"
done
claim "the document has no other command" test \
    "$(sed -nE 's/^## ([a-z]+)$/\1/p' "$document" | sort)" = "$(sort <<<"$commands")"
exit "$failed"
