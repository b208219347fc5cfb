#!/bin/bash
# The lesson picker in its window: thumbnails, arrows, search, the about page, lessons opened by key
# and by mouse, and what is kept from one run to the next.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/window/window.sh

# Thumbnails are drawn one by one; settled() waits for them.
open_window
shot "home"
home=$now
changes "an arrow chooses the next lesson" key Right
changes "and one down the lesson below" key Down
becomes "back again" "$home" key Up Left
changes "I tells about Tophash" key i
becomes "Esc closes that" "$home" key Escape
changes "? shows the keys" key question
becomes "and Esc closes them" "$home" key Escape
changes "T is the theme here too" key t
changes "and L the language" key l
becomes "both change back" "$home" key t l
changes "the wheel scrolls" click 640 400 5
becomes "and scrolls back" "$home" click 640 400 4
rest_mouse
changes "slash starts a search" key slash
changes "typing narrows it" text "missed"
changes "Return opens what was found" key Return
found=$now
changes "Esc leaves the lesson" key Escape
changes "and then the search" key Escape
changes "a click opens a lesson" click 300 300
claim "another one" test "$now" != "$found"
rest_mouse
changes "which is stepped" key Right Right
step=$now
changes "and left" key Escape
kill "$program"
wait "$program" 2>/dev/null

open_window
shot "the-next-run"
claim "the next run shows what was seen" test "$now" != "$home"
continue_there() {
    click 90 213
    rest_mouse
}
becomes "and continues at that step" "$step" continue_there
shot "continued"
done_testing
