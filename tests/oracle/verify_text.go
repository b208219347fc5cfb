package main

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unsafe"
)

const (
	emptyOne   = 1
	minTopHash = 5
)

// chainBucket is one bucket as the text shows it.
type chainBucket struct {
	top    []byte
	labels []string
	values []byte
}

// checkText checks the text of all buckets against the model: every entry in its place and found by
// its hash, nothing besides, and the marks of empty slots as TestMapTombstones of the runtime wants.
func (m *model) checkText(s *state, oldB int) error {
	lines := strings.Split(strings.TrimSuffix(*s.Buckets, "\n"), "\n")
	if *s.Buckets == "" {
		lines = nil
	}
	oldCount := 0
	if s.Growing {
		oldCount = 1 << oldB
	}
	if len(lines) != 0 && len(lines) != oldCount+1<<s.B {
		return fmt.Errorf("%d buckets, expected %d + %d", len(lines), oldCount, 1<<s.B)
	}
	live, overflow := 0, 0
	for i, line := range lines {
		mark, index, B := byte('b'), i-oldCount, s.B
		if i < oldCount {
			mark, index, B = 'o', i, oldB
		}
		prefix := fmt.Sprintf("%c%d", mark, index)
		if !strings.HasPrefix(line, prefix+":") {
			return fmt.Errorf("bucket %s is missing", prefix)
		}
		chain, err := m.readChain(line[len(prefix):])
		if err == nil {
			err = checkMarks(chain, mark)
		}
		count := 0
		if err == nil {
			count, err = m.checkEntries(chain, uint64(index), B)
		}
		if err != nil {
			return fmt.Errorf("bucket %s: %w", prefix, err)
		}
		live += count
		if mark == 'b' {
			overflow += len(chain) - 1
		}
	}
	if live != m.size() {
		return fmt.Errorf("%d live slots, %d entries", live, m.size())
	}
	if s.Noverflow >= 0 && s.Noverflow != overflow {
		return fmt.Errorf("noverflow is %d, %d overflow buckets are linked", s.Noverflow, overflow)
	}
	return nil
}

func (m *model) readChain(rest string) ([]chainBucket, error) {
	var chain []chainBucket
	for i, part := range strings.Split(rest, ">") {
		start := strings.IndexByte(part, ':')
		if start < 0 || (i == 0) != (start == 0) || (i > 0 && part[0] != 'p' && part != "h"+part[1:]) {
			return nil, fmt.Errorf("damaged text")
		}
		fields := strings.Split(part[start+1:], ",")
		if len(fields) != 3 {
			return nil, fmt.Errorf("%d fields, expected 3", len(fields))
		}
		top, err := hex.DecodeString(fields[0])
		if err != nil || len(top) != slotCount {
			return nil, fmt.Errorf("damaged tophash")
		}
		values, err := hex.DecodeString(fields[2])
		if err != nil || len(values) != 8*slotCount {
			return nil, fmt.Errorf("damaged values")
		}
		labels, err := m.readKeys(fields[1])
		if err != nil {
			return nil, err
		}
		chain = append(chain, chainBucket{top, labels, values})
	}
	return chain, nil
}

func (m *model) readKeys(field string) ([]string, error) {
	labels := make([]string, slotCount)
	if m.Key == "str" {
		slots := strings.Split(field, ".")
		if len(slots) != slotCount {
			return nil, fmt.Errorf("%d keys, expected 8", len(slots))
		}
		for i, slot := range slots {
			raw, err := hex.DecodeString(slot)
			if err != nil {
				return nil, err
			}
			labels[i] = string(raw)
		}
		return labels, nil
	}
	raw, err := hex.DecodeString(field)
	if err != nil || len(raw) != slotCount*m.Keysize {
		return nil, fmt.Errorf("damaged keys")
	}
	for i := range labels {
		labels[i] = m.kd.label(m.kd.read(unsafe.Pointer(&raw[i*m.Keysize])))
	}
	return labels, nil
}

// checkMarks: of an old chain all slots are evacuated or none is; of another none is, and the slots
// with emptyRest are the last ones and do not follow an emptyOne.
func checkMarks(chain []chainBucket, mark byte) error {
	marked, rest, last, slots := 0, false, byte(minTopHash), 0
	for _, b := range chain {
		for _, top := range b.top {
			slots++
			if top > emptyOne && top < minTopHash {
				marked++
				continue
			}
			if rest && top != 0 {
				return fmt.Errorf("a slot in use follows emptyRest")
			}
			if top == 0 && !rest && last == emptyOne {
				return fmt.Errorf("emptyRest follows emptyOne")
			}
			rest, last = top == 0, top
		}
	}
	if marked != 0 && (mark == 'b' || marked != slots) {
		return fmt.Errorf("%d of %d slots are marked evacuated", marked, slots)
	}
	return nil
}

// checkEntries counts the live slots of a chain that belongs to bucket index of 2^B.
func (m *model) checkEntries(chain []chainBucket, index uint64, B int) (int, error) {
	live := 0
	for _, b := range chain {
		for i, top := range b.top {
			if top < minTopHash {
				continue
			}
			live++
			label := b.labels[i]
			if m.isNaN(label) {
				continue
			}
			hash := m.hashes[label]
			want := byte(hash >> 56)
			if want < minTopHash {
				want += minTopHash
			}
			if top != want || hash&(1<<uint(B)-1) != index {
				return 0, fmt.Errorf("%q with hash %016x does not belong here", label, hash)
			}
			v := readWord(unsafe.Pointer(&b.values[8*i])).word
			if held, found := m.values[m.same(label)]; !found || held != v {
				return 0, fmt.Errorf("%q: %d is not in the map", label, v)
			}
		}
	}
	return live, nil
}
