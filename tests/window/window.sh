# What the tests of real windows share: a screen of their own, a person's hands, eyes and a camera.
# Sourced; the screen and the program end with the script. Screenshots go to build/screenshots.

TOPHASH=${TOPHASH:-build/debug/tophash}
SHOTS=build/screenshots/$(basename "$0" _test.sh)
for tool in Xvfb xdotool convert; do
    command -v "$tool" >/dev/null && continue
    echo "ok - $(basename "$0" .sh) # SKIP $tool is not installed"
    exit 0
done

scratch=$(mktemp -d)
server= program= window= failed=0
finish() {
    [ -z "$program" ] || kill "$program" 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$scratch"
}
trap finish EXIT
rm -rf "$SHOTS"
mkdir -p "$SHOTS"

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

# --- eyes ---

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

# Keeps what is on the screen as $SHOTS/$1.png.
shot() {
    convert "xwd:$scratch/Xvfb_screen0" "$SHOTS/$1.png" 2>/dev/null
    [ -s "$SHOTS/$1.png" ] || claim "a screenshot of $1 is taken" false
}

# The claim $1: what the rest does changes what is on the screen. Leaves that in `now`, and a
# screenshot named after the claim.
changes() {
    local what=$1 before=$now
    shift
    "$@"
    now=$(settled)
    claim "$what" test "$now" != "$before"
    shot "$(echo "$what" | tr -c 'A-Za-z0-9\n' '-')"
}

# The same where the screen must become the picture $2.
becomes() {
    local what=$1 wanted=$2
    shift 2
    "$@"
    now=$(settled)
    claim "$what" test "$now" = "$wanted"
}

# --- hands ---

key() {
    xdotool key --window "$window" "$@"
}

text() {
    xdotool type --window "$window" --delay 20 "$1"
}

# Coordinates are of the window.
move() {
    xdotool mousemove $((left + $1)) $((top + $2))
}

click() {
    move "$1" "$2"
    xdotool click "${3:-1}"
}

drag() {
    move "$1" "$2"
    xdotool mousedown 1
    sleep 0.2
    move $((($1 + $3) / 2)) $((($2 + $4) / 2))
    sleep 0.1
    move "$3" "$4"
    sleep 0.2
    xdotool mouseup 1
}

rest_mouse() {
    xdotool mousemove 1399 899
}

# --- the program ---

# Starts it with the arguments, as a person would from a shell, and waits for its window.
open_window() {
    "$TOPHASH" "$@" >"$scratch/out" 2>"$scratch/err" &
    program=$!
    window=
    for _ in $(seq 300); do
        window=$(xdotool search --name '^Tophash' 2>/dev/null | head -n 1)
        [ -n "$window" ] && break
        kill -0 "$program" 2>/dev/null || break
        sleep 0.1
    done
    if [ -z "$window" ]; then
        claim "the window opens" false
        sed 's/^/# /' "$scratch/err"
        exit 1
    fi
    eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^[XY]=')"
    left=$X top=$Y
    rest_mouse
    now=$(settled)
}

# Waits for the program to end by itself; `status` is its exit status.
close_window() {
    for _ in $(seq 100); do
        kill -0 "$program" 2>/dev/null || break
        sleep 0.1
    done
    kill "$program" 2>/dev/null && echo "# it had to be ended"
    wait "$program"
    status=$?
    program=
}

# Ends a test: nothing may have been said on standard error.
done_testing() {
    if [ -n "$program" ]; then
        kill "$program"
        wait "$program" 2>/dev/null
        program=
    fi
    claim "nothing was said on standard error" test ! -s "$scratch/err"
    sed 's/^/# /' "$scratch/err"
    exit "$failed"
}
