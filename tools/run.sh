#!/bin/sh
# Shows a lesson: in a window, or, where there is no display, as pictures. Usage: tools/run.sh FILE
set -eu
cd "$(dirname "$0")/.."
lesson=$1
name=$(basename "$lesson" .lua)

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec build/tophash play "$lesson"
fi

# The whole lesson would be thousands of pictures; its beginning shows what there is to see.
steps=1..120
echo "No display here: exporting steps $steps of $lesson to out/ instead of opening a window."
mkdir -p out
rm -f out/[0-9]*.png
build/tophash export "$lesson" --steps "$steps" --size 1280x720 --fps 4 -o out/%05d.png
build/tophash export "$lesson" --steps "$steps" --size 1280x720 --fps 8 -o "out/$name.gif"
echo "Done: out/$name.gif and $(find out -name '[0-9]*.png' | wc -l) pictures, out/[0-9]*.png"
