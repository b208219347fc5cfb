#!/bin/bash
# What goes wrong with locks, channels and maps is told as Go 1.19 does: the same program was run
# there, and its output kept but for addresses, arguments and where Go's own files are installed. Of
# orders of steps that cannot be forced on it, the source says what it prints.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/support.sh
file=$scratch/wrong.lua

# Runs main's body $2 behind the declarations $1; then $scratch/err is what Go would print, with
# main's line as "main.go".
goes_wrong() {
    cat >"$file" <<EOF
scenario { id = "wrong", chapter = "t", truth = "real", title = { en = "Wrong" }, seed = 1,
  schedule = "${way:-any}", procs = ${procs:-nil} }
$1
main(function() $2 end)
EOF
    run run "$file"
    sed -i "s|$file:[0-9]*|main.go|" "$scratch/err"
}

# $1 is claimed; what follows are the lines that Go prints.
prints() {
    what=$1
    shift
    claim "$what" test "$status $(cat "$scratch/err")" = "2 $(printf '%s\n' "$@")"
}

main=$'main.main()\n\tmain.go'
running=$'\ngoroutine 1 [running]:'
fatal=$'sync.fatal(...)\n\truntime/panic.go:1031'
for way in any go; do
    procs=$([ "$way" = go ] && echo 2 || echo nil)
    goes_wrong 'local mu = mutex()' 'mu:unlock()'
    prints "Unlock of a free Mutex ($way)" 'fatal error: sync: unlock of unlocked mutex' "$running" \
        "$fatal" $'sync.(*Mutex).unlockSlow(...)\n\tsync/mutex.go:229' \
        $'sync.(*Mutex).Unlock(...)\n\tsync/mutex.go:223' "$main"
    goes_wrong 'local rw = rwmutex()' 'rw:unlock()'
    prints "Unlock of a free RWMutex ($way)" 'fatal error: sync: Unlock of unlocked RWMutex' \
        "$running" "$fatal" $'sync.(*RWMutex).Unlock(...)\n\tsync/rwmutex.go:209' "$main"
    goes_wrong 'local rw = rwmutex()' 'rw:runlock()'
    prints "RUnlock of a free RWMutex ($way)" 'fatal error: sync: RUnlock of unlocked RWMutex' \
        "$running" "$fatal" $'sync.(*RWMutex).rUnlockSlow(...)\n\tsync/rwmutex.go:129' \
        $'sync.(*RWMutex).RUnlock(...)\n\tsync/rwmutex.go:119' "$main"
    goes_wrong 'local wg = waitgroup()' 'wg:done()'
    prints "Done once too often ($way)" 'panic: sync: negative WaitGroup counter' "$running" \
        $'sync.(*WaitGroup).Add(...)\n\tsync/waitgroup.go:83' \
        $'sync.(*WaitGroup).Done(...)\n\tsync/waitgroup.go:108' "$main"
    goes_wrong 'local wg = waitgroup()' 'wg:add(-1)'
    prints "Add of too little ($way)" 'panic: sync: negative WaitGroup counter' "$running" \
        $'sync.(*WaitGroup).Add(...)\n\tsync/waitgroup.go:83' "$main"
    goes_wrong 'local c = channel(1)' 'c:close() c:send(1)'
    prints "a send on a closed channel ($way)" 'panic: send on closed channel' "$running" "$main"
    goes_wrong 'local c = channel(1)' 'c:close() c:close()'
    prints "a second close ($way)" 'panic: close of closed channel' "$running" "$main"
    goes_wrong 'local c = nil_channel()' 'c:close()'
    prints "a close of nil ($way)" 'panic: close of nil channel' "$running" "$main"
    goes_wrong 'local mu = mutex()' 'mu:lock() mu:lock()'
    prints "nobody can go on ($way)" 'fatal error: all goroutines are asleep - deadlock!' \
        $'\ngoroutine 1 [semacquire]:' $'sync.runtime_SemacquireMutex(...)\n\truntime/sema.go:77' \
        $'sync.(*Mutex).lockSlow(...)\n\tsync/mutex.go:171' \
        $'sync.(*Mutex).Lock(...)\n\tsync/mutex.go:90' "$main"
done
way=any procs=nil

goes_wrong 'local T = struct("T", { { "a", "u64" }, { "b", "u64" } })' 'T:at(0).b = 3'
prints "a store to a nil pointer's field, with its address" \
    'panic: runtime error: invalid memory address or nil pointer dereference' \
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x8]' "$running" "$main"
goes_wrong 'local T = struct("T", { { "a", "u64" } })' 'local _ = T:at(0).a'
claim "a load of a nil pointer" err_has 'code=0x1 addr=0x0\]$'
goes_wrong 'local x = struct("T", { { "p", "ptr" } }):new()' 'x.p.a = 1'
prints "a field of nil, of no type that is known" \
    'panic: runtime error: invalid memory address or nil pointer dereference' \
    '[signal SIGSEGV: segmentation violation code=0x1]' "$running" "$main"
goes_wrong 'local x = struct("T", { { "p", "ptr" } }):new()' \
    'defer(function() recover() end) local _ = x.p.a'
claim "which is recovered as any panic" ended 0
goes_wrong 'local x = nil local _ = x.f' ''
claim "outside a body it is a mistake of the scenario's" refused 1 "main.go: nil has no 'f'"
goes_wrong '' 'panic("runtime error: invalid memory address or nil pointer dereference")'
claim "the same words without the signal have no such line" \
    test "$(grep -c SIGSEGV "$scratch/err")" = 0

goes_wrong 'local T, c = struct("T", { { "a", "u64" } }), channel(0)' \
    'go("g", function() defer(function() recover() end) T:at(0).a = 1 end) c:recv()'
claim "who recovers does not die: main waits for ever" err_has '^goroutine 1 \[chan receive\]:$'
goes_wrong 'local wg, n = waitgroup(), var("int", 0)' \
    'defer(function() n.value = 1 end) wg:done()'
claim "deferred functions run before a panic ends the program" \
    test "$status $(grep -c '^panic: ' "$scratch/err") $(sed -n 's/^steps *//p' "$scratch/out")" = \
    "2 1 2"
goes_wrong 'local c = channel(0)' 'go("g", function() panic("in g") end) c:recv()'
prints "a panic tells of its goroutine alone, and who started it" 'panic: in g' \
    $'\ngoroutine 2 [running]:\nmain.g()\n\tmain.go\ncreated by main.main\n\tmain.go'

goes_wrong '' 'defer(function() panic("third") end)
  defer(function() recover() panic("second") end) panic("first")'
claim "panics that led to the last one are listed before it" test "$(sed '/^$/,$d' "$scratch/err")" = \
    "panic: first [recovered]
	panic: second
	panic: third"
goes_wrong '' 'defer(function() recover() panic("second") end)
  defer(function() recover() end) panic("first")'
claim "but not those that are over" test "$(sed '/^$/,$d' "$scratch/err")" = "panic: second"
goes_wrong '' 'defer(function() panic("second") end) panic("first")'
claim "a panic in a deferred function comes on top" test "$(sed '/^$/,$d' "$scratch/err")" = \
    "panic: first
	panic: second"
claim "the outcome is the last" out_has '^outcome +panic: second$'

for fix in any go; do
    run run "$scenarios/asleep.lua" --fix "$fix"
    claim "why each goroutine waits ($fix)" test "$(grep '^goroutine' "$scratch/err")" = \
        "goroutine 1 [chan receive]:
goroutine 2 [semacquire]:
goroutine 3 [semacquire]:
goroutine 4 [semacquire]:
goroutine 5 [chan receive]:
goroutine 6 [chan send]:
goroutine 7 [select]:
goroutine 8 [select (no cases)]:
goroutine 9 [chan receive (nil chan)]:
goroutine 10 [chan send (nil chan)]:
goroutine 11 [sync.Cond.Wait]:
goroutine 12 [chan receive]:
goroutine 13 [semacquire]:
goroutine 14 [semacquire]:"
    claim "a writer waits for readers, not for another writer ($fix)" \
        err_has '^	sync/rwmutex.go:152$'
    claim "and in which functions ($fix)" test "$(grep '^sync' "$scratch/err")" = \
        "sync.runtime_SemacquireMutex(...)
sync.(*Mutex).lockSlow(...)
sync.(*Mutex).Lock(...)
sync.runtime_SemacquireMutex(...)
sync.(*RWMutex).Lock(...)
sync.runtime_Semacquire(...)
sync.(*WaitGroup).Wait(...)
sync.runtime_notifyListWait(...)
sync.(*Cond).Wait(...)
sync.runtime_SemacquireMutex(...)
sync.(*Mutex).lockSlow(...)
sync.(*Mutex).Lock(...)
sync.(*Once).doSlow(...)
sync.(*Once).Do(...)
sync.runtime_SemacquireMutex(...)
sync.(*RWMutex).RLock(...)"
done

cat >"$file" <<'EOF'
scenario { id = "wrong", chapter = "t", truth = "real", title = { en = "Wrong" }, seed = 1,
  schedule = "go", procs = 2 }
local wg = waitgroup()
main(function()
  wg:add(1)
  go("a", function() wg:done() wg:add(1) wg:done() end)
  wg:wait()
end)
EOF
run run "$file" --schedule "^0 main*3 ^1 main a*5 ^0 main*2"
sed -i "s|$file:[0-9]*|main.go|" "$scratch/err"
prints "a WaitGroup used again before Wait has returned" \
    'panic: sync: WaitGroup is reused before previous Wait has returned' "$running" \
    $'sync.(*WaitGroup).Wait(...)\n\tsync/waitgroup.go:141' "$main"
sed -i -e 's/procs = 2/procs = 3/' -e 's/  go("a".*/  go("a", function() wg:done() end)\n&/' \
    -e 's/"a", function() wg:done() wg:add/"b", function() wg:add/' "$file"
run run "$file" --schedule "^0 main*4 ^0 ^1 a b"
sed -i "s|$file:[0-9]*|main.go|" "$scratch/err"
claim "an Add while Wait is being woken" test "$(head -n 1 "$scratch/err")" = \
    "panic: sync: WaitGroup misuse: Add called concurrently with Wait"

# A throw shows the runtime's own functions, a fatal error hides them.
cat >"$file" <<'EOF'
scenario { id = "wrong", chapter = "t", truth = "real", title = { en = "Wrong" }, seed = 1 }
local m = map.make("int", "int")
for i = 0, 7 do m[i] = i end
go("a", function() m[8] = 1 m[9] = 1 end)
go("b", function() m[10] = 1 m[11] = 1 end)
EOF
run run "$file" --schedule "b*3 a*49 b*155 a*4"
sed -i "s|$file:[0-9]*|main.go|" "$scratch/err"
prints "a throw shows how the runtime got there" 'fatal error: bad map state' "$running" \
    $'runtime.throw(...)\n\truntime/panic.go:1047' \
    $'runtime.evacuate_fast64(...)\n\truntime/map_fast64.go:409' \
    $'runtime.growWork_fast64(...)\n\truntime/map_fast64.go:368' \
    $'runtime.mapassign_fast64(...)\n\truntime/map_fast64.go:116' $'main.a()\n\tmain.go'
run run "$file" --schedule "a*4 b*"
claim "a fatal error does not" test "$(grep -c '^runtime' "$scratch/err")" = 0
run run "$file" --schedule "a b*24 a*39 b*13 a*6 b*2"
claim "a nil dereference of the runtime's is a panic, with its address" \
    err_has '^\[signal SIGSEGV: segmentation violation code=0x1 addr=0x8\]$'
exit "$failed"
