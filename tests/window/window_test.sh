#!/bin/bash
# The window, driven as a person would: it opens, steps, plays, scrubs, resizes, changes theme and
# language, sleeps while nothing moves, and closes. What is on the screen is read from the X server's
# frame buffer, so a picture that should be the same must be so in every pixel.
set -u
cd "$(dirname "$0")/../.." || exit 1
TOPHASH=${TOPHASH:-build/debug/tophash}
for tool in Xvfb xdotool; do
    command -v "$tool" >/dev/null && continue
    echo "ok - the window # SKIP $tool is not installed"
    exit 0
done

scratch=$(mktemp -d)
server= program=
finish() {
    [ -z "$program" ] || kill "$program" 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$scratch"
}
trap finish EXIT

Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp -fbdir "$scratch" \
    3>"$scratch/display" 2>/dev/null &
server=$!
for _ in $(seq 100); do
    [ -s "$scratch/display" ] && break
    sleep 0.1
done
DISPLAY=:$(cat "$scratch/display")
export DISPLAY
export SDL_VIDEODRIVER=x11
export XDG_STATE_HOME="$scratch/state"
# SDL loads libraries (D-Bus) that keep what they allocate; the model's own leaks are for its test.
export ASAN_OPTIONS=detect_leaks=0

failed=0
claim() {
    what=$1
    shift
    if "$@"; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        failed=1
    fi
}

picture() {
    cksum <"$scratch/Xvfb_screen0"
}

# Waits until nothing moves, and prints what then is on the screen.
settled() {
    local before now same=0
    before=$(picture)
    for _ in $(seq 150); do
        sleep 0.1
        now=$(picture)
        if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
        [ "$same" -ge 4 ] && break
        before=$now
    done
    echo "$now"
}

key() {
    xdotool key --window "$window" "$@"
}

empty=$(picture)
cat >"$scratch/lesson.lua" <<'LUA'
scenario { id = "w", chapter = "2", truth = "real", seed = 3, title = { en = "A growth", zh = "扩容" } }
local m = map.make("int", "int")
for k = 1, 13 do m[k] = k * 17 end
caption{ en = "The table doubles.", zh = "表翻倍。" }
go("writer", function() m[14] = 1 m[15] = 2 end)
LUA
"$TOPHASH" play "$scratch/lesson.lua" 2>"$scratch/err" &
program=$!
window=
for _ in $(seq 300); do
    window=$(xdotool search --name '^Tophash' 2>/dev/null | head -n 1)
    [ -n "$window" ] && break
    kill -0 "$program" 2>/dev/null || break
    sleep 0.1
done
claim "the window opens" test -n "$window"
if [ -z "$window" ]; then
    sed 's/^/# /' "$scratch/err"
    exit 1
fi
start=$(settled)
claim "it shows something" test "$start" != "$empty"

key Right
one=$(settled)
claim "a step changes the picture" test "$one" != "$start"
key Right
two=$(settled)
key Left
claim "a step back shows the very same picture again" test "$(settled)" = "$one"
key Right
claim "and a step forward the one after" test "$(settled)" = "$two"

key space
sleep 2.5
key space
played=$(settled)
claim "playing goes on" test "$played" != "$two"
key Home
claim "Home is the start again" test "$(settled)" = "$start"

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$program/stat"
}
before=$(cpu_ticks)
sleep 1.5
claim "it sleeps while nothing moves" test $(($(cpu_ticks) - before)) -le 2

# The lanes lie at the bottom; 1280 by 720 is the size that the window opens with.
eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^[XY]=')"
xdotool mousemove $((X + 500)) $((Y + 691)) mousedown 1
sleep 0.2
xdotool mousemove $((X + 800)) $((Y + 691))
sleep 0.2
xdotool mouseup 1
scrubbed=$(settled)
claim "dragging along the lanes scrubs" test "$scrubbed" != "$start"
xdotool mousemove $((X + 85)) $((Y + 629)) click 1
claim "the button steps back" test "$(settled)" != "$scrubbed"

key Home
settled >/dev/null
key t
light=$(settled)
claim "T changes the theme" test "$light" != "$start"
key l
claim "L changes the language" test "$(settled)" != "$light"
key t l
xdotool mousemove 5 5
claim "and both change back" test "$(settled)" = "$start"

xdotool windowsize "$window" 1024 640
small=$(settled)
claim "it takes the smallest size" test "$small" != "$start"
xdotool windowsize "$window" 1400 900
claim "and a larger one" test "$(settled)" != "$small"

key Escape
picker=$(settled)
claim "Esc leaves the lesson for the picker" test "$picker" != "$start"
key Down
claim "where the arrows choose" test "$(settled)" != "$picker"
key Escape 2>/dev/null
for _ in $(seq 100); do
    kill -0 "$program" 2>/dev/null || break
    sleep 0.1
done
kill "$program" 2>/dev/null && echo "# it had to be ended"
wait "$program"
status=$?
claim "Esc there closes the window with exit status 0" test "$status" = 0
program=
claim "nothing was said on standard error" test ! -s "$scratch/err"
sed 's/^/# /' "$scratch/err"
exit "$failed"
