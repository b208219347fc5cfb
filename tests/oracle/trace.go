package main

import (
	"bufio"
	"strconv"
	"unsafe"
)

// options are the command line's.
type options struct {
	key      string
	workload string
	seed     uint64
	ops      int
	hint     int
	every    int
	full     bool
}

// drawn is one hash that the runtime computed.
type drawn struct {
	key  key
	hash uint64
}

// tracer does operations on one map and writes a line for each. It stops by itself after the last one
// that was asked for: later calls do nothing.
type tracer struct {
	opt     options
	kd      *kind
	h       *hmap
	its     map[int]*hiter
	done    int
	out     *bufio.Writer
	line    []byte
	text    text
	hashing []drawn           // what the operation under way has hashed so far
	known   map[string]uint64 // the hash last written for each key
}

func newTracer(opt options, out *bufio.Writer) (*tracer, error) {
	kd, err := newKind(opt.key)
	if err != nil {
		return nil, err
	}
	tr := &tracer{opt: opt, kd: kd, out: out, its: map[int]*hiter{}, known: map[string]uint64{}}
	tr.text.keep = opt.full
	kd.t.hasher = func(p unsafe.Pointer, seed uintptr) uintptr {
		hash := kd.hasher(p, seed)
		tr.hashing = append(tr.hashing, drawn{kd.read(p), uint64(hash)})
		return hash
	}
	tr.h = makemap(kd.t, opt.hint, nil)
	return tr, nil
}

func (tr *tracer) full() bool { return tr.done >= tr.opt.ops }

func (tr *tracer) writeHeader(version string) {
	t := tr.kd.t
	line := append(tr.line[:0], `{"format":"tophash-conform/1","go":"`...)
	line = append(append(line, version...), `","key":"`...)
	line = append(append(line, tr.kd.name...), `","keysize":`...)
	line = strconv.AppendUint(line, uint64(t.keysize), 10)
	line = strconv.AppendUint(append(line, `,"elemsize":`...), uint64(t.elemsize), 10)
	line = strconv.AppendUint(append(line, `,"bucketsize":`...), uint64(t.bucketsize), 10)
	line = strconv.AppendInt(append(line, `,"hint":`...), int64(tr.opt.hint), 10)
	line = append(append(line, `,"profile":"`...), tr.opt.workload...)
	line = strconv.AppendUint(append(line, `","seed":`...), tr.opt.seed, 10)
	line = strconv.AppendInt(append(line, `,"ops":`...), int64(tr.opt.ops), 10)
	tr.out.Write(append(line, "}\n"...))
}

func (tr *tracer) begin(op string) {
	tr.hashing = tr.hashing[:0]
	tr.line = strconv.AppendInt(append(tr.line[:0], `{"i":`...), int64(tr.done), 10)
	tr.line = append(append(append(tr.line, `,"op":"`...), op...), '"')
}

func (tr *tracer) addKey(k key) string {
	label := tr.kd.label(k)
	tr.line = strconv.AppendQuote(append(tr.line, `,"k":`...), label)
	return label
}

func (tr *tracer) addWord(field string, v uint64) {
	tr.line = append(append(append(tr.line, `,"`...), field...), `":`...)
	tr.line = strconv.AppendUint(tr.line, v, 10)
}

// addKeyAndHash writes the operation's own key and its hash. The runtime hashed it first of all; where
// it did not need to (an empty map, a read from a single bucket), the hash is computed here.
func (tr *tracer) addKeyAndHash(k key, seed uint32) {
	var hash uint64
	if len(tr.hashing) > 0 {
		hash = tr.hashing[0].hash
		tr.hashing = tr.hashing[1:]
	} else {
		hash = tr.kd.hash(k, seed)
	}
	label := tr.addKey(k)
	if !tr.kd.isNaN(k) {
		tr.known[label] = hash
	}
	tr.line = append(appendWord(append(tr.line, `,"h":"`...), hash), '"')
}

// addHashes writes what the runtime hashed besides, where no line before tells it: NaNs, whose hash is
// drawn anew each time, and stale keys that an iterator meets under a later seed.
func (tr *tracer) addHashes() {
	first := true
	for _, d := range tr.hashing {
		label := tr.kd.label(d.key)
		if !tr.kd.isNaN(d.key) {
			if hash, found := tr.known[label]; found && hash == d.hash {
				continue
			}
			tr.known[label] = d.hash
		}
		if first {
			tr.line = append(tr.line, `,"hashes":[{"k":`...)
		} else {
			tr.line = append(tr.line, `,{"k":`...)
		}
		first = false
		tr.line = append(strconv.AppendQuote(tr.line, label), `,"h":"`...)
		tr.line = append(appendWord(tr.line, d.hash), `"}`...)
	}
	if !first {
		tr.line = append(tr.line, ']')
	}
}

func (tr *tracer) end() {
	tr.addHashes()
	if tr.done%tr.opt.every == 0 || tr.done == tr.opt.ops-1 {
		tr.line = tr.text.appendState(tr.line, tr.kd, tr.h)
	}
	tr.done++
	tr.out.Write(append(tr.line, "}\n"...))
}

func (tr *tracer) set(k key, v uint64) {
	if tr.full() {
		return
	}
	tr.begin("set")
	seed := tr.h.hash0
	*(*uint64)(tr.kd.ops.assign(tr.kd.t, tr.h, tr.kd.place(k))) = v
	tr.addKeyAndHash(k, seed)
	tr.addWord("v", v)
	tr.end()
}

func (tr *tracer) get(k key) {
	if tr.full() {
		return
	}
	tr.begin("get")
	p, ok := tr.kd.ops.access(tr.kd.t, tr.h, tr.kd.place(k))
	tr.addKeyAndHash(k, tr.h.hash0)
	tr.addWord("v", *(*uint64)(p))
	tr.line = strconv.AppendBool(append(tr.line, `,"ok":`...), ok)
	tr.end()
}

func (tr *tracer) del(k key) {
	if tr.full() {
		return
	}
	tr.begin("del")
	seed := tr.h.hash0
	tr.kd.ops.remove(tr.kd.t, tr.h, tr.kd.place(k))
	tr.addKeyAndHash(k, seed)
	tr.end()
}

func (tr *tracer) clear() {
	if tr.full() {
		return
	}
	tr.begin("clear")
	mapclear(tr.kd.t, tr.h)
	tr.end()
}

// iter starts iterator number n anew; the old one of that number is dropped. It reports the pair's
// key, and whether there was one.
func (tr *tracer) iter(n int) (key, bool) {
	if tr.full() {
		return key{}, false
	}
	tr.begin("iter")
	it := &hiter{}
	tr.its[n] = it
	mapiterinit(tr.kd.t, tr.h, it)
	if n != 0 {
		tr.addWord("it", uint64(n))
	}
	tr.addWord("startBucket", uint64(it.startBucket))
	tr.addWord("offset", uint64(it.offset))
	return tr.addPair(n)
}

// next takes the next pair of iterator number n, which must be under way.
func (tr *tracer) next(n int) (key, bool) {
	if tr.full() {
		return key{}, false
	}
	tr.begin("next")
	mapiternext(tr.its[n])
	if n != 0 {
		tr.addWord("it", uint64(n))
	}
	return tr.addPair(n)
}

func (tr *tracer) addPair(n int) (key, bool) {
	it := tr.its[n]
	if it.key == nil {
		delete(tr.its, n)
		tr.line = append(tr.line, `,"end":true`...)
		tr.end()
		return key{}, false
	}
	k := tr.kd.read(it.key)
	tr.addKey(k)
	tr.addWord("v", *(*uint64)(it.elem))
	tr.end()
	return k, true
}
