// The operations of tests/bench/gomap_bench.c on the real map: prints "NAME KEYS NANOSECONDS" for each.
package main

import (
	"fmt"
	"runtime"
	"syscall"
)

const (
	opCount = 1000000
	runs    = 7 // the fastest counts

	rusageThread = 1 // RUSAGE_THREAD of Linux, which package syscall does not name
)

// now is the processor time of this thread in nanoseconds: what else the machine does, and what the
// garbage collector does on other threads, does not count.
func now() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(rusageThread, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

var sink int

// order is the sequence of keys that both programs use.
type order struct{ state uint64 }

func (o *order) next(keys int) int {
	o.state += 0x9e3779b97f4a7c15
	x := o.state
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(keys))
}

func filled(keys int) map[int]int {
	m := map[int]int{}
	for k := 0; k < keys; k++ {
		m[k] = k
	}
	return m
}

func get(m map[int]int, ks []int) {
	for _, k := range ks {
		sink += m[k]
	}
}

func set(m map[int]int, ks []int) {
	for _, k := range ks {
		m[k] = k
	}
}

// churn deletes a key and puts it back.
func churn(m map[int]int, ks []int) {
	for i := 0; i < len(ks); i += 2 {
		delete(m, ks[i])
		m[ks[i]] = i
	}
}

func loop(m map[int]int, ks []int) {
	for left := len(ks); left > 0; {
		for k := range m {
			sink += k
			if left--; left == 0 {
				break
			}
		}
	}
}

// insert fills new maps with as many keys as m has.
func insert(m map[int]int, ks []int) {
	for left := len(ks); left > 0; {
		fresh := map[int]int{}
		for k := 0; k < len(m) && left > 0; k++ {
			fresh[k] = k
			left--
		}
	}
}

func main() {
	runtime.LockOSThread()
	for _, keys := range []int{1000, 100000} {
		o := order{1}
		ks := make([]int, opCount)
		for i := range ks {
			ks[i] = o.next(keys)
		}
		for _, w := range []struct {
			name string
			run  func(map[int]int, []int)
		}{{"get", get}, {"set", set}, {"churn", churn}, {"insert", insert}, {"range", loop}} {
			m := filled(keys)
			best := int64(1) << 62
			for i := 0; i < runs; i++ {
				start := now()
				w.run(m, ks)
				if took := now() - start; took < best {
					best = took
				}
			}
			fmt.Printf("%s %d %.2f\n", w.name, keys, float64(best)/opCount)
		}
	}
}
