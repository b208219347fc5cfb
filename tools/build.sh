#!/bin/bash
# Generates the makefiles and builds. Usage: tools/build.sh release|debug [PROJECT...]
# With no project builds all: the libraries and the program, and with TH_TESTS=1 in the environment
# the test programs, which are not known without.
# Only one build at a time may write to build/: the others wait.
set -euo pipefail
cd "$(dirname "$0")/.."
config=$1
shift
[ $# -gt 0 ] || set -- all

mkdir -p build/make
exec 9>build/make/lock
flock 9

# make does not notice changed compiler flags, so changed build rules build everything anew.
cmp -s premake5.lua build/make/premake5.lua || rm -rf build/obj

libraries_now() {
    cat build/make/th_*.make 2>/dev/null | cksum || true
}
libraries_before=$(libraries_now)

if command -v premake5 >/dev/null; then
    premake=(premake5)
else
    premake=(premake4 --file=premake5.lua)
fi
if ! "${premake[@]}" gmake >build/make/premake.log 2>&1; then
    cat build/make/premake.log >&2
    exit 1
fi
cp premake5.lua build/make/premake5.lua

# ar only adds: the object of a deleted file would stay in its archive.
if [ "$libraries_before" != "$(libraries_now)" ]; then
    rm -f build/lib/*.a build/debug/lib/*.a
fi

unset MAKEFLAGS MFLAGS
make --no-print-directory -C build/make -j"${JOBS:-$(nproc)}" config="$config" "$@" |
    { grep -v --line-buffered '^==== ' || true; }
