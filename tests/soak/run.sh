#!/bin/sh
# make soak: takes fresh traces of the real Go runtime, OPS operations (10 million) over all key types
# and workloads, maps of a million keys among them, and replays them. Stops at the first difference and
# keeps the trace that has it. Needs Go 1.19.
set -eu
cd "$(dirname "$0")/../.."
ops=${OPS:-10000000}
round=1000000 # what is on the disk at a time: 80 bytes each
dir=build/oracle/soak
done_ops=0
done_states=0
seed=$(date +%s)
rm -rf "$dir"
mkdir -p "$dir"

replay() {
    if ! build/tophash conform "$dir"/*.jsonl >"$dir/log"; then
        grep -v '^ok' "$dir/log" || true
        echo "soak: a difference after $done_ops operations that agree; the traces are in $dir" >&2
        exit 1
    fi
    # ok   PATH  N operations, M states compared
    done_ops=$(awk -v n="$done_ops" '{ n += $3 } END { print n }' "$dir/log")
    done_states=$(awk -v n="$done_states" '{ n += $5 } END { print n }' "$dir/log")
    echo "soak: $done_ops operations, $done_states states, no difference"
    rm -f "$dir"/*.jsonl "$dir/log"
}

tests/oracle/take.sh "$dir" "$((ops < round ? ops : round))"
replay
for key in u64 str u128 f64; do
    [ "$done_ops" -lt "$ops" ] || break
    build/oracle/oracle -key $key -workload big -ops 1150000 -every 383333 -seed "$seed" \
        -o "$dir/million-$key.jsonl"
    replay
done
while [ "$done_ops" -lt "$ops" ]; do
    tests/oracle/take.sh "$dir" "$round"
    replay
done
