package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unsafe"
)

// key is a key of any kind: its text for strings, else its first word.
type key struct {
	word uint64
	text string
}

// kind is a type of key, and the routines that the compiler chooses for a map[key]uint64.
type kind struct {
	name   string
	t      *maptype
	ops    family
	nth    func(n uint64) key            // the n-th key of a workload's key space
	read   func(p unsafe.Pointer) key    // the key that lies at p
	write  func(p unsafe.Pointer, k key) // lays the key down at p
	label  func(k key) string            // the key as a trace writes it
	hasher func(p unsafe.Pointer, seed uintptr) uintptr
	spare  [2]uint64 // room for one key without pointers
	text   string    // room for one string
}

// place lays the key down in memory, for the routines that take a pointer to it.
func (kd *kind) place(k key) unsafe.Pointer {
	p := unsafe.Pointer(&kd.spare)
	if kd.name == "str" {
		p = unsafe.Pointer(&kd.text)
	}
	kd.write(p, k)
	return p
}

func (kd *kind) hash(k key, seed uint32) uint64 {
	return uint64(kd.hasher(kd.place(k), uintptr(seed)))
}

func (kd *kind) isNaN(k key) bool {
	return kd.name == "f64" && math.IsNaN(math.Float64frombits(k.word))
}

func readWord(p unsafe.Pointer) key     { return key{word: *(*uint64)(p)} }
func writeWord(p unsafe.Pointer, k key) { *(*uint64)(p) = k.word }
func decimal(k key) string              { return strconv.FormatUint(k.word, 10) }
func plain(n uint64) key                { return key{word: n} }

// Odd ones are negative.
func signed(n uint64) key {
	if n&1 == 1 {
		n = -(n + 1)
	}
	return key{word: n}
}

// Every fifth key is long and differs from its like in the middle alone: mapaccess_faststr compares
// the first and the last four bytes of long keys before it hashes.
func words(n uint64) key {
	switch {
	case n == 3:
		return key{text: ""}
	case n%5 == 4:
		return key{text: fmt.Sprintf("key-that-is-longer-than-%08d-thirty-two-bytes", n)}
	}
	return key{text: fmt.Sprintf("key-%d", n)}
}

// Both zeros, now and then a NaN, else halves.
func floats(n uint64) key {
	switch {
	case n == 1:
		return key{word: 1 << 63}
	case n%29 == 7:
		return key{word: math.Float64bits(math.NaN()) ^ n<<8}
	}
	return key{word: math.Float64bits(float64(n) / 2)}
}

func newKind(name string) (*kind, error) {
	kd := &kind{name: name, nth: plain, read: readWord, write: writeWord, label: decimal}
	switch name {
	case "u64":
		kd.t, kd.ops = typeOf(map[uint64]uint64(nil)), fast64
	case "int":
		kd.t, kd.ops, kd.nth = typeOf(map[int]uint64(nil)), fast64, signed
		kd.label = func(k key) string { return strconv.FormatInt(int64(k.word), 10) }
	case "u32":
		kd.t, kd.ops = typeOf(map[uint32]uint64(nil)), fast32
		kd.nth = func(n uint64) key { return key{word: uint64(uint32(n))} }
		kd.read = func(p unsafe.Pointer) key { return key{word: uint64(*(*uint32)(p))} }
		kd.write = func(p unsafe.Pointer, k key) { *(*uint32)(p) = uint32(k.word) }
	case "u16":
		kd.t, kd.ops = typeOf(map[uint16]uint64(nil)), generic
		kd.nth = func(n uint64) key { return key{word: uint64(uint16(n))} }
		kd.read = func(p unsafe.Pointer) key { return key{word: uint64(*(*uint16)(p))} }
		kd.write = func(p unsafe.Pointer, k key) { *(*uint16)(p) = uint16(k.word) }
	case "u128":
		kd.t, kd.ops = typeOf(map[[2]uint64]uint64(nil)), generic
		kd.write = func(p unsafe.Pointer, k key) { *(*[2]uint64)(p) = [2]uint64{k.word, ^k.word} }
	case "f64":
		kd.t, kd.ops, kd.nth = typeOf(map[float64]uint64(nil)), generic, floats
		kd.label = func(k key) string { return fmt.Sprintf("%016x", k.word) }
	case "str":
		kd.t, kd.ops, kd.nth = typeOf(map[string]uint64(nil)), faststr, words
		kd.read = func(p unsafe.Pointer) key { return key{text: *(*string)(p)} }
		// A copy of its own for each use, so that equal keys differ in their pointers.
		kd.write = func(p unsafe.Pointer, k key) { *(*string)(p) = strings.Clone(k.text) }
		kd.label = func(k key) string { return k.text }
	default:
		return nil, fmt.Errorf("unknown key type %q (u64 int u32 u16 u128 f64 str)", name)
	}
	kd.hasher = kd.t.hasher
	return kd, nil
}
