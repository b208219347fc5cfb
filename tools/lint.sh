#!/bin/bash
# Style and static analysis of every C file: clang-format, clang-tidy, cppcheck. Prints what they
# find and fails if they find anything. Usage: tools/lint.sh [FILE...]
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
if [ $# -gt 0 ]; then
    files=("$@")
else
    mapfile -t files < <(git ls-files -co --exclude-standard '*.c' '*.h')
fi
mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep '\.c$')
jobs=${JOBS:-$(nproc)}
failed=

read -ra system_headers < <(pkg-config --cflags-only-I \
    sdl2 SDL2_ttf fontconfig spng libcjson lua5.4 cmocka | sed 's/-I/-isystem /g')

echo "clang-format: ${#files[@]} files"
clang-format --dry-run -Werror "${files[@]}" || failed+=" clang-format"

echo "clang-tidy: ${#sources[@]} files"
# It counts on stderr the findings that it hides in system headers; what counts is on stdout.
printf '%s\n' "${sources[@]}" | xargs -r -P "$jobs" -I{} clang-tidy --quiet {} -- \
    -std=c11 -D_XOPEN_SOURCE=700 -I. "${system_headers[@]}" 2>/dev/null || failed+=" clang-tidy"

echo "cppcheck: ${#sources[@]} files"
mkdir -p build/cppcheck
cppcheck --quiet -j "$jobs" --std=c11 --enable=warning,performance,portability --inline-suppr \
    --error-exitcode=1 --cppcheck-build-dir=build/cppcheck --suppressions-list=.cppcheck \
    -I. "${sources[@]}" || failed+=" cppcheck"

if [ -n "$failed" ]; then
    echo "lint: findings from$failed" >&2
    exit 1
fi
echo "lint: clean"
