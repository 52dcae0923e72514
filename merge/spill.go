package merge

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/linefork/linefork/worker/tally"
)

// sorter adds up counts in a table. Where that is full it writes what it has as
// a sorted segment, and merges the segments at the end (Knuth, The Art of Computer
// Programming, volume 3, 5.4.1).
type sorter struct {
	spill    *spill
	order    tally.Order
	table    *tally.Table
	segments []segment
}

func (s *sorter) init(spill *spill, o tally.Order, limit int) {
	s.spill, s.order, s.table = spill, o, &tally.Table{Limit: limit}
}

func (s *sorter) add(key []byte, n uint64) error {
	for !s.table.Add(key, n) {
		if err := s.flush(); err != nil {
			return err
		}
	}
	return nil
}

func (s *sorter) addList(l tally.List) error {
	for {
		if l = s.table.AddList(l); len(l) == 0 {
			return nil
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
}

// flush writes the table as a segment.
func (s *sorter) flush() error {
	r, err := s.spill.write(s.table.Sorted(s.order))
	if err != nil {
		return err
	}
	s.segments = append(s.segments, r)
	s.table.Reset()
	return nil
}

// drain calls f with every key and its count in order. Where there are segments,
// the order is by key, or each key is in one of them only.
func (s *sorter) drain(f func(key []byte, n uint64) error) error {
	if len(s.segments) == 0 {
		defer s.table.Reset()
		for key, n := range s.table.Sorted(s.order) {
			if err := f(key, n); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.flush(); err != nil {
		return err
	}
	defer func() { s.segments = nil }()
	return s.merge(f)
}

// merge merges the segments.
func (s *sorter) merge(f func(key []byte, n uint64) error) error {
	h := segmentHeap{order: s.order}
	for _, r := range s.segments {
		reader := s.spill.read(r)
		if more, err := reader.next(); err != nil {
			return err
		} else if more {
			h.segments = append(h.segments, reader)
		}
	}
	heap.Init(&h)
	var key []byte
	for len(h.segments) > 0 {
		key = append(key[:0], h.segments[0].key...)
		n := uint64(0)
		for len(h.segments) > 0 && bytes.Equal(h.segments[0].key, key) {
			n += h.segments[0].n
			more, err := h.segments[0].next()
			switch {
			case err != nil:
				return err
			case more:
				heap.Fix(&h, 0)
			default:
				heap.Pop(&h)
			}
		}
		if err := f(key, n); err != nil {
			return err
		}
	}
	return nil
}

// segmentHeap is the segments with the least entry first.
type segmentHeap struct {
	order    tally.Order
	segments []*segmentReader
}

func (h *segmentHeap) Len() int      { return len(h.segments) }
func (h *segmentHeap) Swap(i, j int) { h.segments[i], h.segments[j] = h.segments[j], h.segments[i] }
func (h *segmentHeap) Push(any)      { panic("not used") }

func (h *segmentHeap) Pop() any {
	last := len(h.segments) - 1
	h.segments = h.segments[:last]
	return nil
}

func (h *segmentHeap) Less(i, j int) bool {
	a, b := h.segments[i], h.segments[j]
	if h.order == tally.ByCount && a.n != b.n {
		return a.n > b.n
	}
	return bytes.Compare(a.key, b.key) < 0
}

// spill is a temporary file that holds segments one after the other, each entry as
// in a tally.List.
type spill struct {
	creating func() // before the file is; may be nil
	f        *os.File
	name     string // "" where the file has none any more
	size     int64  // bytes
}

// segment is the bytes [start, end) of a spill, and how many entries they are.
type segment struct {
	start, end int64
	entries    int
}

// write writes entries as a segment.
func (s *spill) write(entries func(func([]byte, uint64) bool)) (segment, error) {
	r, err := s.append(entries)
	if err != nil {
		err = fmt.Errorf("cannot write a temporary file: %w", withoutPath(err))
	}
	return r, err
}

func (s *spill) append(entries func(func([]byte, uint64) bool)) (segment, error) {
	if err := s.open(); err != nil {
		return segment{}, err
	}
	r := segment{start: s.size, end: s.size}
	w := bufio.NewWriterSize(s.f, 1<<20)
	var entry tally.List
	for key, n := range entries {
		entry = entry[:0].Append(key, n)
		r.end += int64(len(entry))
		r.entries++
		if _, err := w.Write(entry); err != nil {
			return r, err
		}
	}
	s.size = r.end
	return r, w.Flush()
}

func (s *spill) open() error {
	if s.f != nil {
		return nil
	}
	if s.creating != nil {
		s.creating()
	}
	f, err := os.CreateTemp("", "linefork-sort-*")
	if err != nil {
		return err
	}
	s.f = f
	// Without a name it vanishes with the process, whichever way that goes.
	// Where an open file cannot be removed close does that.
	if os.Remove(f.Name()) != nil {
		s.name = f.Name()
	}
	return nil
}

func (s *spill) close() {
	if s.f == nil {
		return
	}
	s.f.Close()
	if s.name != "" {
		os.Remove(s.name)
	}
}

// read returns a reader of a segment.
func (s *spill) read(r segment) *segmentReader {
	in := io.NewSectionReader(s.f, r.start, r.end-r.start)
	return &segmentReader{in: bufio.NewReaderSize(in, 64<<10), left: r.entries}
}

// segmentReader reads a segment entry by entry.
type segmentReader struct {
	in   *bufio.Reader
	left int // entries not read yet
	key  []byte
	n    uint64
}

// next reads the next entry; more is false after the last.
func (r *segmentReader) next() (more bool, err error) {
	if r.left == 0 {
		return false, nil
	}
	r.left--
	length, err := binary.ReadUvarint(r.in)
	if err == nil {
		r.n, err = binary.ReadUvarint(r.in)
	}
	if err == nil {
		r.key = append(r.key[:0], make([]byte, length)...)
		_, err = io.ReadFull(r.in, r.key)
	}
	if err != nil {
		return false, fmt.Errorf("cannot read a temporary file: %w", withoutPath(err))
	}
	return true, nil
}

// withoutPath is an error of a file without that file's name, which is of no use
// where the file has none any more.
func withoutPath(err error) error {
	if p := (*os.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
