package main

import (
	"strconv"
	"unsafe"
)

const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// text takes in the buckets' text piece by piece: always its digest, the text itself where it is kept.
type text struct {
	digest uint64
	keep   bool
	kept   []byte
}

func (x *text) add(piece []byte) {
	digest := x.digest
	for _, c := range piece {
		digest = (digest ^ uint64(c)) * fnvPrime
	}
	x.digest = digest
	if x.keep {
		x.kept = append(x.kept, piece...)
	}
}

const hexDigits = "0123456789abcdef"

func appendHex(line, bytes []byte) []byte {
	for _, c := range bytes {
		line = append(line, hexDigits[c>>4], hexDigits[c&15])
	}
	return line
}

func bytesAt(p unsafe.Pointer, offset, count uintptr) []byte {
	return unsafe.Slice((*byte)(unsafe.Add(p, offset)), count)
}

// appendKeys writes the eight slots' keys: their bytes, or of strings the texts between dots. The
// length of a deleted string stays behind in its slot, so the pointer decides.
func appendKeys(line []byte, kd *kind, bucket unsafe.Pointer) []byte {
	size := uintptr(kd.t.keysize)
	if kd.name != "str" {
		return appendHex(line, bytesAt(bucket, keysOffset, slotCount*size))
	}
	for i := uintptr(0); i < slotCount; i++ {
		if i > 0 {
			line = append(line, '.')
		}
		slot := unsafe.Add(bucket, keysOffset+i*size)
		if *(*unsafe.Pointer)(slot) != nil {
			line = appendHex(line, []byte(*(*string)(slot)))
		}
	}
	return line
}

// spareIndex says which preallocated overflow bucket of the array the bucket is, or -1.
func spareIndex(t *maptype, array, bucket unsafe.Pointer, B uint8) int {
	size := uintptr(t.bucketsize)
	first := uintptr(array) + size<<B
	end := uintptr(array) + size*bucketCount(t, B)
	at := uintptr(bucket)
	if at < first || at >= end {
		return -1
	}
	return int((at - first) / size)
}

// addArray adds a line for each bucket of one array.
func (x *text) addArray(kd *kind, mark byte, array unsafe.Pointer, B uint8) {
	size := uintptr(kd.t.bucketsize)
	elems := keysOffset + slotCount*uintptr(kd.t.keysize)
	var line []byte
	for i := uintptr(0); i < uintptr(1)<<B; i++ {
		bucket := unsafe.Add(array, i*size)
		line = strconv.AppendUint(append(line[:0], mark), uint64(i), 10)
		for {
			line = appendHex(append(line, ':'), bytesAt(bucket, 0, slotCount))
			line = appendKeys(append(line, ','), kd, bucket)
			line = appendHex(append(line, ','), bytesAt(bucket, elems, 8*slotCount))
			next := *(*unsafe.Pointer)(unsafe.Add(bucket, size-8))
			if next == nil {
				break
			}
			if spare := spareIndex(kd.t, array, next, B); spare >= 0 {
				line = strconv.AppendInt(append(line, ">p"...), int64(spare), 10)
			} else {
				line = append(line, ">h"...)
			}
			bucket = next
		}
		x.add(append(line, '\n'))
	}
}

// addMap adds the old array, while there is one, and the current one.
func (x *text) addMap(kd *kind, h *hmap) {
	x.digest = fnvOffset
	x.kept = x.kept[:0]
	if h.oldbuckets != nil {
		oldB := h.B
		if h.flags&sameSizeGrow == 0 {
			oldB--
		}
		x.addArray(kd, 'o', h.oldbuckets, oldB)
	}
	if h.buckets != nil {
		x.addArray(kd, 'b', h.buckets, h.B)
	}
}

// appendState writes the fields that tell what the map's memory holds.
func (x *text) appendState(line []byte, kd *kind, h *hmap) []byte {
	noverflow := int64(h.noverflow)
	if h.B >= randomCountB {
		noverflow = -1
	}
	line = strconv.AppendInt(append(line, `,"count":`...), int64(h.count), 10)
	line = strconv.AppendUint(append(line, `,"flags":`...), uint64(h.flags), 10)
	line = strconv.AppendUint(append(line, `,"B":`...), uint64(h.B), 10)
	line = strconv.AppendInt(append(line, `,"noverflow":`...), noverflow, 10)
	line = strconv.AppendUint(append(line, `,"nevacuate":`...), uint64(h.nevacuate), 10)
	line = strconv.AppendBool(append(line, `,"growing":`...), h.oldbuckets != nil)
	line = append(line, `,"nextOverflow":"`...)
	if h.extra == nil || h.extra.nextOverflow == nil {
		line = append(line, '-')
	} else {
		spare := spareIndex(kd.t, h.buckets, h.extra.nextOverflow, h.B)
		line = strconv.AppendInt(append(line, 'p'), int64(spare), 10)
	}
	x.addMap(kd, h)
	line = append(line, `","digest":"`...)
	line = appendWord(line, x.digest)
	line = append(line, '"')
	if x.keep {
		line = strconv.AppendQuote(append(line, `,"buckets":`...), string(x.kept))
	}
	return line
}

// appendWord writes 16 hexadecimal digits.
func appendWord(line []byte, word uint64) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		line = append(line, hexDigits[word>>uint(shift)&15])
	}
	return line
}
