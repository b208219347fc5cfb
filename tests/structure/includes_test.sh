#!/bin/sh
# Includes point one way only (tests/structure/includes.awk), and the check would notice otherwise.
set -eu
cd "$(dirname "$0")/../.."
rules=$PWD/tests/structure/includes.awk
status=0

report() {
    if [ "$1" = 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        status=1
    fi
}

# Whether the rules refuse a file $1 with the line $2 in it.
refused() {
    mkdir -p "$scratch/$(dirname "$1")"
    printf '#include <stdint.h>\n%s\n' "$2" >"$scratch/$1"
    said=$(cd "$scratch" && awk -f "$rules" "$1") && return 1
    [ "${said#"$1:2: "}" != "$said" ]
}

expect_refused() {
    code=0
    refused "$1" "$2" || code=1
    report "$code" "$1 may not say $2"
}

expect_allowed() {
    code=0
    ! refused "$1" "$2" || code=1
    report "$code" "$1 may say $2"
}

code=0
find sim gui -name '*.[ch]' 2>/dev/null | sort | xargs awk -f "$rules" || code=1
report "$code" "every include of sim/ and gui/ points the allowed way"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
expect_allowed sim/world/world.h '#include "sim/memory/memory.h"'
expect_allowed gui/cli/play.c '#include "gui/app/app.h"'
expect_allowed gui/draw/sdl.c '#include <SDL.h>'
expect_allowed sim/script/host.c '#include <lua.h>'
expect_refused sim/memory/pages.c '#include "sim/world/world.h"'
expect_refused sim/gomap/grow.c '#include "sim/sync/mutex.h"'
expect_refused sim/world/step.c '#include "sim/script/host.h"'
expect_refused sim/world/step.c '#include <lua.h>'
expect_refused sim/world/step.c '#include <stdio.h>'
expect_refused sim/world/step.c '  # include <time.h>'
expect_refused sim/base/rng.h '#include <SDL2/SDL.h>'
expect_refused sim/world/step.c '#include "world.h"'
expect_refused sim/world/step.c '#include "sim/world/hash.c"'
expect_refused gui/draw/text.c '#include "gui/view/panel.h"'
expect_refused gui/view/panel.c '#include "gui/export/export.h"'
expect_refused gui/cli/main.c '#include <lauxlib.h>'
exit "$status"
