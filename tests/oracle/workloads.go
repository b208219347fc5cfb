package main

// workload is one shape of use. It is called until the trace is full and does a few operations each
// time; what it must remember it keeps in the closure.
type workload struct {
	name  string
	about string
	make  func(tr *tracer, rnd *random) func()
}

// random is splitmix64.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	x := r.state
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (r *random) below(n uint64) uint64 { return r.next() % n }
func (r *random) value() uint64         { return r.next() >> 32 }

// space is how many different keys a trace of this length draws from.
func space(tr *tracer) uint64 { return uint64(tr.opt.ops)/3 + 20 }

var workloads = []workload{
	{"fill", "new keys, now and then one that is there", fill},
	{"mixed", "sets, gets and deletes of keys drawn at random", mixed},
	{"churn", "a window of keys that moves on: as many deletes as new keys", churn},
	{"longchurn", "a window just below the load factor, so that growth of the same size comes", longchurn},
	{"drain", "fills and empties to the last key, so that the seed changes", drain},
	{"clear", "sets and deletes, and now and then mapclear", clearing},
	{"sparse", "fills, deletes nearly all, fills again with other keys", sparse},
	{"collide", "keys whose hashes agree in the low bits", collide},
	{"iterate", "one range loop after another, with sets and deletes in its body", iterate},
	{"iterators", "four range loops at once through growth, deletes, inserts and clears", iterators},
	{"loops", "four range loops at once over longchurn", loops},
	{"big", "as many keys as operations, of which a few are read or deleted", big},
}

func fill(tr *tracer, rnd *random) func() {
	n := uint64(0)
	return func() {
		if rnd.below(16) == 0 && n > 0 {
			tr.set(tr.kd.nth(rnd.below(n)), rnd.value())
			return
		}
		tr.set(tr.kd.nth(n), rnd.value())
		n++
	}
}

// draw does one operation on a key drawn at random: sets of 16 sets, gets of 16 gets, else a delete.
func draw(tr *tracer, rnd *random, keys, sets, gets uint64) {
	k := tr.kd.nth(rnd.below(keys))
	switch dice := rnd.below(16); {
	case dice < sets:
		tr.set(k, rnd.value())
	case dice < sets+gets:
		tr.get(k)
	default:
		tr.del(k)
	}
}

func mixed(tr *tracer, rnd *random) func() {
	return func() { draw(tr, rnd, space(tr), 9, 4) }
}

// setNew sets the n-th key, but after the first few no NaN: NaNs cannot be deleted, and would fill a map
// that is meant to stay small.
func setNew(tr *tracer, rnd *random, n uint64) {
	const nansUntil = 30
	if k := tr.kd.nth(n); n < nansUntil || !tr.kd.isNaN(k) {
		tr.set(k, rnd.value())
	}
}

// window sets one key and deletes the oldest when there are more than width.
func window(tr *tracer, rnd *random, width uint64) func() {
	first, last := uint64(0), uint64(0)
	return func() {
		setNew(tr, rnd, last)
		last++
		if last-first > width {
			tr.del(tr.kd.nth(first))
			first++
		}
		if rnd.below(8) == 0 {
			tr.get(tr.kd.nth(first + rnd.below(width*2)))
		}
	}
}

func churn(tr *tracer, rnd *random) func() {
	return window(tr, rnd, uint64(tr.opt.ops)/20+10)
}

// crowded is a number of keys somewhat below the load factor of 6.5 a bucket, for a table so small that a
// trace of this length goes through its keys many times. Chains reach their second bucket by and by
// and keep it, until there are as many such buckets as the runtime bears: it then grows to the same
// size. Never for B = 16 or more, where it counts them by chance.
func crowded(tr *tracer) uint64 {
	B := uint(2)
	for B < 12 && uint64(tr.opt.ops) > 800<<(B+1) {
		B++
	}
	return 6 << B
}

func longchurn(tr *tracer, rnd *random) func() {
	return window(tr, rnd, crowded(tr))
}

func drain(tr *tracer, rnd *random) func() {
	next := uint64(0)
	return func() {
		first := next
		next += rnd.below(40) + 1
		for n := first; n < next; n++ {
			tr.set(tr.kd.nth(n), rnd.value())
		}
		for n := first; n < next; n++ {
			tr.del(tr.kd.nth(next - 1 - (n - first)))
		}
		tr.get(tr.kd.nth(first))
	}
}

func clearing(tr *tracer, rnd *random) func() {
	return func() {
		if rnd.below(space(tr)/4+10) == 0 {
			tr.clear()
			return
		}
		draw(tr, rnd, space(tr), 12, 1)
	}
}

func sparse(tr *tracer, rnd *random) func() {
	next := uint64(0)
	width := crowded(tr) - 1 // what the round before has left comes on top
	var left []uint64
	return func() {
		first := next
		next += width
		for n := first; n < next; n++ {
			setNew(tr, rnd, n)
		}
		for _, n := range left {
			tr.del(tr.kd.nth(n))
		}
		left = left[:0]
		for n := first; n < next; n++ {
			if rnd.below(20) == 0 {
				left = append(left, n)
			} else {
				tr.del(tr.kd.nth(n))
			}
		}
	}
}

// The pool is chosen afresh whenever the map has changed its seed, and where too few keys agree it
// takes what there is: 65536 of uint16, of which every 64th.
func collide(tr *tracer, rnd *random) func() {
	const lowBits = 63
	const poolMax = 200
	var pool []key
	seed, chosen := uint32(0), false
	return func() {
		if !chosen || seed != tr.h.hash0 {
			seed, chosen, pool = tr.h.hash0, true, pool[:0]
			low := rnd.below(lowBits + 1)
			for n := uint64(0); n < 1<<16 && len(pool) < poolMax; n++ {
				if k := tr.kd.nth(n); tr.kd.hash(k, seed)&lowBits == low {
					pool = append(pool, k)
				}
			}
		}
		k := pool[rnd.below(uint64(len(pool)))]
		switch dice := rnd.below(100); {
		case dice == 0:
			tr.clear()
		case dice < 55:
			tr.set(k, rnd.value())
		case dice < 75:
			tr.get(k)
		default:
			tr.del(k)
		}
	}
}

func iterate(tr *tracer, rnd *random) func() {
	return func() {
		for i := rnd.below(30); i > 0; i-- {
			draw(tr, rnd, space(tr), 12, 2)
		}
		for k, more := tr.iter(0); more; k, more = tr.next(0) {
			switch rnd.below(8) {
			case 0:
				tr.del(k)
			case 1, 2, 3:
				draw(tr, rnd, space(tr), 10, 2)
			}
		}
	}
}

// turn starts iterator n or takes its next pair, whose key it deletes now and then.
func turn(tr *tracer, rnd *random, n int) {
	if tr.its[n] == nil || rnd.below(50) == 0 {
		tr.iter(n)
	} else if k, more := tr.next(n); more && rnd.below(12) == 0 {
		tr.del(k)
	}
}

const iteratorCount = 4

// The clears come during growth by preference, when an iterator may be in the old buckets.
func iterators(tr *tracer, rnd *random) func() {
	return func() {
		switch dice := rnd.below(1000); {
		case dice == 0 || dice < 20 && tr.h.oldbuckets != nil:
			tr.clear()
		case dice < 450:
			draw(tr, rnd, space(tr), 11, 1)
		default:
			turn(tr, rnd, int(rnd.below(iteratorCount)))
		}
	}
}

func loops(tr *tracer, rnd *random) func() {
	step := window(tr, rnd, crowded(tr))
	return func() {
		step()
		for rnd.below(3) != 0 {
			turn(tr, rnd, int(rnd.below(iteratorCount)))
		}
	}
}

func big(tr *tracer, rnd *random) func() {
	n := uint64(0)
	return func() {
		tr.set(tr.kd.nth(n), rnd.value())
		n++
		if rnd.below(8) == 0 {
			draw(tr, rnd, n, 0, 12)
		}
	}
}
