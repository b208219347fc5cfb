#!/bin/sh
# Makes the pictures of README.md and docs/ with the program itself: docs/images/*.png, *.gif.
set -eu
cd "$(dirname "$0")/.."
tophash=${TOPHASH:-build/tophash}
images=docs/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$images"

# still NAME FILE STEP [OPTIONS]: the picture after that step
still() {
    name=$1 file=$2 step=$3
    shift 3
    rm -rf "$work/still"
    "$tophash" export "$file" -o "$work/still/%05d.png" --steps "$step..$step" "$@"
    set -- "$work"/still/*.png
    for picture; do :; done  # the last one: everything has come to rest
    mv "$picture" "$images/$name.png"
}

still race scripts/ch3-two-writers.lua 33 --size 1920x1080
still evacuate scripts/ch2-evacuate.lua 43 --size 1920x1080
still fatal scripts/ch3-two-writers.lua 43 --size 1920x1080
still light-zh scripts/ch1-read-write.lua 37 --size 1920x1080 --theme light --lang zh
"$tophash" export scripts/ch3-two-writers.lua -o "$images/two-writers.gif" --size 960x540 --fps 12 \
    --speed 2
