#!/bin/bash
# Without the fonts it needs the program says in one line what to install, and makes no picture.
set -uo pipefail
. tests/cli/support.sh

lesson=scripts/ch3-two-writers.lua
mkdir "$scratch/none" "$scratch/latin"
for name in none latin; do
    cat >"$scratch/$name.conf" <<XML
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$scratch/$name</dir><cachedir>$scratch/cache</cachedir></fontconfig>
XML
done

export FONTCONFIG_FILE=$scratch/none.conf
run export "$lesson" -o "$scratch/none/" --steps 1..1
claim "no font at all is one line" refused 1 'no usable font found: install '
run play "$lesson"
claim "in the window too" refused 1 'no usable font found: install '

latin=$(env -u FONTCONFIG_FILE fc-match -f '%{file}' 'DejaVu Sans' 2>/dev/null)
if [ "$(basename "$latin")" != DejaVuSans.ttf ]; then
    echo "ok - no font with Chinese # SKIP DejaVu Sans is not installed"
    exit "$failed"
fi
cp "$latin" "$scratch/latin"
export FONTCONFIG_FILE=$scratch/latin.conf
run export "$lesson" -o "$scratch/en/" --steps 1..1 --size 640x360
claim "one font is enough for English" ended 0
run export "$lesson" -o "$scratch/zh/" --steps 1..1 --size 640x360 --lang zh
claim "Chinese without a font for it is one line" refused 1 'no font with Chinese characters: install '
claim "and no picture" test ! -e "$scratch/zh"
exit "$failed"
