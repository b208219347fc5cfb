package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

// header and operation are a trace's lines as docs/conform-format.md defines them.
type header struct {
	Format     string
	Key        string
	Keysize    int
	Elemsize   int
	Bucketsize int
	Ops        int
}

type operation struct {
	I           int
	Op          string
	K           *string
	H           string
	V           *uint64
	Ok          *bool
	It          int
	StartBucket *uint64
	Offset      *uint64
	End         bool
	Hashes      []struct{ K, H string }
	state
}

type state struct {
	Count        *int
	Flags        int
	B            int
	Noverflow    int
	Nevacuate    int
	Growing      bool
	NextOverflow string
	Digest       string
	Buckets      *string
}

// loop is one range loop under way. After a mapclear in its body it may meet entries that are gone.
type loop struct {
	seen    map[string]bool
	cleared bool
}

// model is what the map must hold after the lines read so far, kept in an ordinary Go map.
type model struct {
	header
	kd     *kind
	values map[string]uint64
	nans   int
	hashes map[string]uint64
	loops  map[int]*loop
}

func verifyFiles(paths []string) error {
	if len(paths) == 0 {
		return fmt.Errorf("-verify needs the names of traces")
	}
	for _, path := range paths {
		if err := verifyFile(path); err != nil {
			return err
		}
	}
	fmt.Printf("%d traces are sound\n", len(paths))
	return nil
}

func verifyFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<30)
	m := model{values: map[string]uint64{}, hashes: map[string]uint64{}, loops: map[int]*loop{}}
	at := 0
	for lines.Scan() {
		at++
		if at == 1 {
			err = m.readHeader(lines.Bytes())
		} else {
			err = m.readOperation(lines.Bytes(), at-2)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, at, err)
		}
	}
	if lines.Err() == nil && at-1 != m.Ops {
		return fmt.Errorf("%s: %d operations, the first line says %d", path, at-1, m.Ops)
	}
	return lines.Err()
}

func (m *model) readHeader(line []byte) error {
	if err := json.Unmarshal(line, &m.header); err != nil {
		return err
	}
	if m.Format != "tophash-conform/1" {
		return fmt.Errorf("the format is %q", m.Format)
	}
	kd, err := newKind(m.Key)
	if err != nil {
		return err
	}
	m.kd = kd
	if m.Keysize != int(kd.t.keysize) || m.Elemsize != 8 || m.Bucketsize != int(kd.t.bucketsize) {
		return fmt.Errorf("sizes do not fit a map[%s]uint64", m.Key)
	}
	return nil
}

func (m *model) readOperation(line []byte, i int) error {
	var op operation
	if err := json.Unmarshal(line, &op); err != nil {
		return err
	}
	if op.I != i {
		return fmt.Errorf("operation %d, expected %d", op.I, i)
	}
	for _, pair := range op.Hashes {
		if err := m.learn(pair.K, pair.H); err != nil {
			return err
		}
	}
	if err := m.apply(&op); err != nil {
		return err
	}
	if op.Count == nil {
		if i == m.Ops-1 {
			return fmt.Errorf("no state after the last operation")
		}
		return nil
	}
	return m.checkState(&op.state)
}

// learn takes in a key's hash. NaNs have a new one each time.
func (m *model) learn(label, digits string) error {
	hash, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || len(digits) != 16 {
		return fmt.Errorf("the hash %q is not 16 hexadecimal digits", digits)
	}
	m.hashes[label] = hash
	return nil
}

// same gives keys that are equal, the two zeros, one name.
func (m *model) same(label string) string {
	if m.Key == "f64" && label == "8000000000000000" {
		return "0000000000000000"
	}
	return label
}

func (m *model) isNaN(label string) bool {
	word, err := strconv.ParseUint(label, 16, 64)
	return m.Key == "f64" && err == nil && m.kd.isNaN(key{word: word})
}

func (m *model) size() int { return len(m.values) + m.nans }

func (m *model) apply(op *operation) error {
	switch op.Op {
	case "set", "get", "del":
		if op.K == nil {
			return fmt.Errorf("%s without a key", op.Op)
		}
		if err := m.learn(*op.K, op.H); err != nil {
			return err
		}
		return m.applyKey(op, m.same(*op.K))
	case "clear":
		m.values, m.nans = map[string]uint64{}, 0
		for _, l := range m.loops {
			l.cleared = true
		}
	case "iter":
		if op.StartBucket == nil || op.Offset == nil {
			return fmt.Errorf("iter without startBucket and offset")
		}
		m.loops[op.It] = &loop{seen: map[string]bool{}}
		return m.applyPair(op)
	case "next":
		return m.applyPair(op)
	default:
		return fmt.Errorf("unknown operation %q", op.Op)
	}
	return nil
}

func (m *model) applyKey(op *operation, label string) error {
	nan := m.isNaN(label)
	switch op.Op {
	case "set":
		if op.V == nil {
			return fmt.Errorf("set without a value")
		}
		if nan {
			m.nans++
		} else {
			m.values[label] = *op.V
		}
	case "del":
		delete(m.values, label)
		for _, l := range m.loops {
			delete(l.seen, label)
		}
	case "get":
		v, ok := m.values[label]
		if op.V == nil || op.Ok == nil || *op.V != v || *op.Ok != ok {
			return fmt.Errorf("get %q does not return %d, %t", label, v, ok)
		}
	}
	return nil
}

// applyPair checks what a range loop may yield: an entry that is there, each once.
func (m *model) applyPair(op *operation) error {
	l := m.loops[op.It]
	if l == nil {
		return fmt.Errorf("iterator %d is not under way", op.It)
	}
	if op.End {
		delete(m.loops, op.It)
		return nil
	}
	if op.K == nil || op.V == nil {
		return fmt.Errorf("%s yields no pair", op.Op)
	}
	label := m.same(*op.K)
	if l.cleared || m.isNaN(label) {
		return nil
	}
	if v, ok := m.values[label]; !ok || v != *op.V {
		return fmt.Errorf("%s yields %q: %d, which is not in the map", op.Op, label, *op.V)
	}
	if l.seen[label] {
		return fmt.Errorf("%s yields %q a second time", op.Op, label)
	}
	l.seen[label] = true
	return nil
}

func (m *model) checkState(s *state) error {
	oldB := s.B
	if s.Flags&sameSizeGrow == 0 {
		oldB--
	}
	switch {
	case *s.Count != m.size():
		return fmt.Errorf("count is %d, %d entries are in the map", *s.Count, m.size())
	case s.Flags&4 != 0:
		return fmt.Errorf("hashWriting is set between two operations")
	case !s.Growing && s.Flags&sameSizeGrow != 0:
		return fmt.Errorf("sameSizeGrow is set without growth")
	case s.Growing && s.Nevacuate >= 1<<oldB:
		return fmt.Errorf("growing, but all old buckets are evacuated")
	case len(s.Digest) != 16:
		return fmt.Errorf("the digest is not 16 hexadecimal digits")
	case s.Buckets == nil:
		return nil
	}
	x := text{digest: fnvOffset}
	x.add([]byte(*s.Buckets))
	if digest := string(appendWord(nil, x.digest)); digest != s.Digest {
		return fmt.Errorf("the digest is %s, of the text %s", s.Digest, digest)
	}
	return m.checkText(s, oldB)
}
