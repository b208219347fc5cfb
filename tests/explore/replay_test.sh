#!/bin/bash
# Every schedule that explore prints leads, given to run, where explore says; a saved one plays by
# itself; Ctrl-C leaves a whole answer.
set -euo pipefail
readonly TOPHASH=build/debug/tophash
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The values of a key in the answer of --json, one a line.
values() {
    sed -nE "s/^[[:space:]]*\"$1\":[[:space:]]*\"?([^\"]*)\"?,?$/\1/p"
}

replays() {
    local file=$1 mode=$2 answer lines
    answer=$($TOPHASH explore "$file" --mode "$mode" --limit 2000 --json || true)
    mapfile -t schedules < <(values schedule <<<"$answer")
    mapfile -t outcomes < <(values outcome <<<"$answer")
    mapfile -t labels < <(values label <<<"$answer")
    mapfile -t messages < <(values message <<<"$answer")
    if [ "${#schedules[@]}" -eq 0 ]; then
        echo "not ok $file, $mode: finds nothing"
        return
    fi
    for i in "${!schedules[@]}"; do
        lines=$($TOPHASH run "$file" --schedule "${schedules[$i]}" --json || true)
        if [ "$(values outcome <<<"$lines")" != "${outcomes[$i]}" ] \
            || [ "$(values label <<<"$lines")" != "${labels[$i]}" ] \
            || [ "$(values message <<<"$lines" | cut -c1-12)" != "${messages[$i]:0:12}" ]; then
            echo "not ok $file, $mode: ${schedules[$i]} leads elsewhere"
            return
        fi
    done
    echo "ok $file, $mode: ${#schedules[@]} schedules lead where they say"
}

for mode in all dpor bounded random pct; do
    replays tests/models/m01-plain-xor.lua "$mode"
    replays tests/models/m05-reference-count.lua "$mode"
    replays tests/models/m11-lock-order.lua "$mode"
    replays tests/models/m14-weak-publish.lua "$mode"
    replays scripts/ch5-lost-update.lua "$mode"
done

saved=$folder/crash.schedule
$TOPHASH explore scripts/ch3-two-writers.lua --save "$saved" >/dev/null || true
played=$($TOPHASH run "$saved" 2>/dev/null || true)
if grep -q '^outcome *fatal: concurrent map writes' <<<"$played"; then
    echo "ok a saved crash plays by its file alone"
else
    echo "not ok a saved crash plays by its file alone"
fi

$TOPHASH explore scripts/ch1-read-write.lua --mode all --json >"$folder/stopped.json" &
explorer=$!
sleep 2
kill -INT "$explorer"
wait "$explorer" || true
if grep -q '"complete":[[:space:]]*false' "$folder/stopped.json" \
    && [ "$(tail -n 1 "$folder/stopped.json")" = '}' ]; then
    echo "ok Ctrl-C leaves a whole answer that says it is not complete"
else
    echo "not ok Ctrl-C leaves a whole answer that says it is not complete"
fi
