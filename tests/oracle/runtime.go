package main

import "unsafe"

// Mirrors of the runtime's own types, Go 1.19, 64-bit. Only what is read here has a name that says
// so; the rest is there to put it at the right offset.

type rtype struct {
	size    uintptr
	ptrdata uintptr
	_       [4]uint64
}

type maptype struct {
	typ        rtype
	key        *rtype
	elem       *rtype
	bucket     *rtype
	hasher     func(key unsafe.Pointer, seed uintptr) uintptr
	keysize    uint8
	elemsize   uint8
	bucketsize uint16
	flags      uint32
}

type hmap struct {
	count      int
	flags      uint8
	B          uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
	extra      *mapextra
}

type mapextra struct {
	overflow     unsafe.Pointer
	oldoverflow  unsafe.Pointer
	nextOverflow unsafe.Pointer
}

type hiter struct {
	key         unsafe.Pointer
	elem        unsafe.Pointer
	t           *maptype
	h           *hmap
	buckets     unsafe.Pointer
	bptr        unsafe.Pointer
	overflow    unsafe.Pointer
	oldoverflow unsafe.Pointer
	startBucket uintptr
	offset      uint8
	wrapped     bool
	B           uint8
	i           uint8
	bucket      uintptr
	checkBucket uintptr
}

const (
	sameSizeGrow = 8
	slotCount    = 8
	keysOffset   = 8
	// From this B on the runtime counts overflow buckets by chance.
	randomCountB = 16
)

//go:linkname makemap runtime.makemap
func makemap(t *maptype, hint int, h *hmap) *hmap

//go:linkname mapclear runtime.mapclear
func mapclear(t *maptype, h *hmap)

//go:linkname mapiterinit runtime.mapiterinit
func mapiterinit(t *maptype, h *hmap, it *hiter)

//go:linkname mapiternext runtime.mapiternext
func mapiternext(it *hiter)

//go:linkname mapassign runtime.mapassign
func mapassign(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapaccess2 runtime.mapaccess2
func mapaccess2(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool)

//go:linkname mapdelete runtime.mapdelete
func mapdelete(t *maptype, h *hmap, key unsafe.Pointer)

//go:linkname mapassign_fast32 runtime.mapassign_fast32
func mapassign_fast32(t *maptype, h *hmap, key uint32) unsafe.Pointer

//go:linkname mapaccess2_fast32 runtime.mapaccess2_fast32
func mapaccess2_fast32(t *maptype, h *hmap, key uint32) (unsafe.Pointer, bool)

//go:linkname mapdelete_fast32 runtime.mapdelete_fast32
func mapdelete_fast32(t *maptype, h *hmap, key uint32)

//go:linkname mapassign_fast64 runtime.mapassign_fast64
func mapassign_fast64(t *maptype, h *hmap, key uint64) unsafe.Pointer

//go:linkname mapaccess2_fast64 runtime.mapaccess2_fast64
func mapaccess2_fast64(t *maptype, h *hmap, key uint64) (unsafe.Pointer, bool)

//go:linkname mapdelete_fast64 runtime.mapdelete_fast64
func mapdelete_fast64(t *maptype, h *hmap, key uint64)

//go:linkname mapassign_faststr runtime.mapassign_faststr
func mapassign_faststr(t *maptype, h *hmap, key string) unsafe.Pointer

//go:linkname mapaccess2_faststr runtime.mapaccess2_faststr
func mapaccess2_faststr(t *maptype, h *hmap, key string) (unsafe.Pointer, bool)

//go:linkname mapdelete_faststr runtime.mapdelete_faststr
func mapdelete_faststr(t *maptype, h *hmap, key string)

//go:linkname roundupsize runtime.roundupsize
func roundupsize(size uintptr) uintptr

// family is one of the runtime's four sets of routines; every key comes as a pointer to it.
type family struct {
	assign func(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer
	access func(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool)
	remove func(t *maptype, h *hmap, key unsafe.Pointer)
}

var generic = family{mapassign, mapaccess2, mapdelete}

var fast32 = family{
	func(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer {
		return mapassign_fast32(t, h, *(*uint32)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool) {
		return mapaccess2_fast32(t, h, *(*uint32)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) { mapdelete_fast32(t, h, *(*uint32)(key)) },
}

var fast64 = family{
	func(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer {
		return mapassign_fast64(t, h, *(*uint64)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool) {
		return mapaccess2_fast64(t, h, *(*uint64)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) { mapdelete_fast64(t, h, *(*uint64)(key)) },
}

var faststr = family{
	func(t *maptype, h *hmap, key unsafe.Pointer) unsafe.Pointer {
		return mapassign_faststr(t, h, *(*string)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) (unsafe.Pointer, bool) {
		return mapaccess2_faststr(t, h, *(*string)(key))
	},
	func(t *maptype, h *hmap, key unsafe.Pointer) { mapdelete_faststr(t, h, *(*string)(key)) },
}

// typeOf returns a copy of a map's type descriptor, whose hasher may be replaced: the compiler's own
// lies in read-only memory.
func typeOf(m any) *maptype {
	t := **(**maptype)(unsafe.Pointer(&m))
	return &t
}

// bucketCount is the number of buckets that makeBucketArray allocates: from B = 4 on some spare ones
// for overflow, and as many more as the allocator's size class has room for.
func bucketCount(t *maptype, B uint8) uintptr {
	count := uintptr(1) << B
	if B >= 4 {
		count += uintptr(1) << (B - 4)
		size := count * uintptr(t.bucketsize)
		if up := roundupsize(size); up != size {
			count = up / uintptr(t.bucketsize)
		}
	}
	return count
}
