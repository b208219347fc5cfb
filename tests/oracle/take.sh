#!/bin/sh
# tests/oracle/take.sh OUTDIR SCALE
# Takes fresh traces of the real Go 1.19 runtime into OUTDIR: every workload with every key type, about
# SCALE operations in all (80 bytes each). GO names the go command where it is not found by itself.
set -eu

if [ $# -ne 2 ] || ! [ "$2" -gt 0 ] 2>/dev/null; then
    echo "usage: $0 OUTDIR SCALE" >&2
    exit 64
fi
mkdir -p "$1"
outdir=$(cd "$1" && pwd)
scale=$2
here=$(cd "$(dirname "$0")" && pwd)

find_go() {
    for go in "${GO:-}" /usr/lib/go-1.19/bin/go go; do
        case $([ -n "$go" ] && "$go" version 2>/dev/null) in
        *" go1.19"*) echo "$go"; return ;;
        esac
    done
    echo "$0: no Go 1.19 found: install golang-1.19-go, or set GO" >&2
    exit 1
}

go=$(find_go)
tool=$here/../../build/oracle/oracle
mkdir -p "$(dirname "$tool")"
(cd "$here" && "$go" build -o "$tool" .)

keys='u64 int u32 u16 u128 f64 str'
workloads=$("$tool" -list | cut -d' ' -f1)
seed=$(date +%s)

# A tenth for maps of up to a million keys, the rest shared evenly.
big=$((scale / 10))
[ "$big" -le 1250000 ] || big=1250000
share=$(((scale - big) / 7 / $(echo "$workloads" | wc -w)))
[ "$share" -ge 50 ] || share=50

take() { # NAME FLAGS...: writes under another name first, so that a trace is whole or not there
    name=$outdir/$1.jsonl
    shift
    "$tool" "$@" -seed "$seed" -o "$name.part"
    mv "$name.part" "$name"
    seed=$((seed + 1))
}

turn=0
for workload in $workloads; do
    for key in $keys; do
        # Small crowded maps show more than empty large ones; every hint has its turn.
        hint=$(echo '0 5 9 0 14 27 100 0 1000 8 10000 53 100000' | cut -d' ' -f$((turn % 13 + 1)))
        turn=$((turn + 1))
        take "digest-$workload-$key" -key "$key" -workload "$workload" -ops "$share" \
            -hint "$hint" -every $((share / 200 + 7))
        take "full-$workload-$key" -key "$key" -workload "$workload" -ops 200 -every 3 -full
    done
done
take big-u64 -key u64 -workload big -ops "$big" -every $((big / 3 + 1))
