#!/bin/sh
# Makes sure that what the project needs is there; installs what is missing through apt.
#
#   tools/setup.sh build|run|test|lint
#
# build: to compile. run: build, fonts, ffmpeg. test: run, and the test tools. lint: build, linters.
# Silent when all is there. Works as root or through sudo; asks nothing of its own (sudo may ask for
# the password, on a terminal only). Where it cannot install it names the packages in one line and
# fails, unless only comforts (fonts, ffmpeg) are missing: then it says so and goes on.
set -u
goal=${1:-run}

# goals, Debian package, how to see that it is there. One line a package; the only list of them.
needed='
build run test lint | gcc                  | command cc
build run test lint | libc6-dev            | header stdlib.h
build run test lint | make                 | command make
build run test lint | pkg-config           | command pkg-config
build run test lint | premake4             | command premake5 premake4
build run test lint | libsdl2-dev          | package sdl2
build run test lint | libsdl2-ttf-dev      | package SDL2_ttf
build run test lint | libfontconfig-dev    | package fontconfig
build run test lint | libspng-dev          | package spng
build run test lint | libdeflate-dev       | header libdeflate.h
build run test lint | libgif-dev           | header gif_lib.h
build run test lint | libcjson-dev         | package libcjson
build run test lint | liblua5.4-dev        | package lua5.4
test lint           | libcmocka-dev        | package cmocka
test                | xvfb                 | command Xvfb
test                | xauth                | command xauth
test                | xdotool              | command xdotool
test                | imagemagick          | command convert
test                | python3              | command python3
lint                | clang-format         | command clang-format
lint                | clang-tidy           | command clang-tidy
lint                | cppcheck             | command cppcheck
'
wished='
run test            | ffmpeg               | command ffmpeg
run test            | fontconfig           | command fc-list
run test            | fonts-inter          | font Inter
run test            | fonts-jetbrains-mono | font JetBrains Mono
run test            | fonts-noto-cjk       | font Noto Sans CJK SC
'

is_there() {
    case $1 in
    command)
        shift
        for name in "$@"; do
            command -v "$name" >/dev/null && return 0
        done
        return 1
        ;;
    package) pkg-config --exists "$2" 2>/dev/null ;;
    header) echo "#include <$2>" | cc -E -x c - >/dev/null 2>&1 ;;
    font)
        shift
        fc-list -q "$*" 2>/dev/null
        ;;
    esac
}

# The packages of the list $1 that the goal needs and that are not there.
missing_of() {
    echo "$1" | while IFS='|' read -r goals package check; do
        case " $goals " in
        *" $goal "*)
            # shellcheck disable=SC2086 # the check is a list of words
            is_there $check || printf '%s ' $package
            ;;
        esac
    done
}

give_up() {
    echo "tophash: $1; missing packages: $needed_now$wished_now" >&2
    [ -z "$needed_now" ] && exit 0
    exit 1
}

# apt-get, as root and without questions; its chatter goes to the log.
apt() {
    # shellcheck disable=SC2086 # $root is a list of words
    $root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}

# A machine that never fetched the package lists, or has old ones, fails the first time.
install() {
    apt install --no-install-recommends "$@" && return 0
    [ -n "$updated" ] && return 1
    updated=yes
    apt update
    apt install --no-install-recommends "$@"
}

case $goal in
build | run | test | lint) ;;
*)
    echo "usage: tools/setup.sh build|run|test|lint" >&2
    exit 64
    ;;
esac

needed_now=$(missing_of "$needed")
wished_now=$(missing_of "$wished")
missing="$needed_now$wished_now"
[ -z "$missing" ] && exit 0

command -v apt-get >/dev/null || give_up "this system has no apt-get, so install them your way"
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "installing takes root, and there is no sudo"
    root=sudo
    if ! [ -t 0 ]; then
        root="sudo -n"
        $root true 2>/dev/null || give_up "installing takes root, and sudo wants a password"
    fi
fi

echo "tophash: installing with apt-get, this may take some minutes: $missing"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
updated=

# shellcheck disable=SC2086 # lists of packages
if ! install $missing; then
    # One comfort that this system does not have must not stop the rest.
    if [ -n "$needed_now" ] && ! install $needed_now; then
        tail -n 5 "$log" >&2
        give_up "apt-get could not install them"
    fi
    for package in $wished_now; do
        install "$package" || echo "tophash: going on without $package" >&2
    done
fi
