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

	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/worker/tally"
)

// sorter adds up counts in a table. Where that is full it writes what it has as
// a sorted run, and merges the runs at the end (Knuth, The Art of Computer
// Programming, volume 3, 5.4.1).
type sorter struct {
	spill *spill
	order tally.Order
	table *tally.Table
	runs  []run
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

// flush writes the table as a run.
func (s *sorter) flush() error {
	r, err := s.spill.write(s.table.Sorted(s.order))
	if err != nil {
		return err
	}
	s.runs = append(s.runs, r)
	s.table.Reset()
	return nil
}

// each calls f with every key and its count in order. Where there are runs,
// the order is by key, or each key is in one of them only.
func (s *sorter) each(f func(key []byte, n uint64) error) error {
	if len(s.runs) == 0 {
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
	defer func() { s.runs = nil }()
	return s.merge(f)
}

// merge merges the runs.
func (s *sorter) merge(f func(key []byte, n uint64) error) error {
	h := runHeap{order: s.order}
	for _, r := range s.runs {
		reader := s.spill.read(r)
		if more, err := reader.next(); err != nil {
			return err
		} else if more {
			h.runs = append(h.runs, reader)
		}
	}
	heap.Init(&h)
	var key []byte
	for len(h.runs) > 0 {
		key = append(key[:0], h.runs[0].key...)
		n := uint64(0)
		for len(h.runs) > 0 && bytes.Equal(h.runs[0].key, key) {
			n += h.runs[0].n
			more, err := h.runs[0].next()
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

// runHeap is the runs with the least entry first.
type runHeap struct {
	order tally.Order
	runs  []*runReader
}

func (h *runHeap) Len() int      { return len(h.runs) }
func (h *runHeap) Swap(i, j int) { h.runs[i], h.runs[j] = h.runs[j], h.runs[i] }
func (h *runHeap) Push(any)      { panic("not used") }

func (h *runHeap) Pop() any {
	last := len(h.runs) - 1
	h.runs = h.runs[:last]
	return nil
}

func (h *runHeap) Less(i, j int) bool {
	a, b := h.runs[i], h.runs[j]
	if h.order == tally.ByCount && a.n != b.n {
		return a.n > b.n
	}
	return bytes.Compare(a.key, b.key) < 0
}

// spill is a temporary file that holds runs one after the other, each entry as
// in a tally.List.
type spill struct {
	f    *os.File
	name string // "" where the file has none any more
	size int64
}

// run is the bytes [start, end) of a spill, and how many entries they are.
type run struct {
	start, end int64
	entries    int
}

// write writes entries as a run.
func (s *spill) write(entries func(func([]byte, uint64) bool)) (run, error) {
	r, err := s.append(entries)
	if err != nil {
		err = fmt.Errorf("cannot write a temporary file: %w", withoutPath(err))
	}
	return r, err
}

func (s *spill) append(entries func(func([]byte, uint64) bool)) (run, error) {
	if err := s.open(); err != nil {
		return run{}, err
	}
	r := run{start: s.size, end: s.size}
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
	guard.Raise()
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

// read returns a reader of a run.
func (s *spill) read(r run) *runReader {
	in := io.NewSectionReader(s.f, r.start, r.end-r.start)
	return &runReader{in: bufio.NewReaderSize(in, 64<<10), left: r.entries}
}

// runReader reads a run entry by entry.
type runReader struct {
	in   *bufio.Reader
	left int // entries not read yet
	key  []byte
	n    uint64
}

// next reads the next entry; more is false behind the last.
func (r *runReader) next() (more bool, err error) {
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
