package merge

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// memory is an output that keeps what is written.
type memory struct {
	bytes.Buffer
	header []byte
}

func (m *memory) Header(b []byte) error        { m.header = append(m.header, b...); return nil }
func (m *memory) Encoding(binary.ByteOrder)    {}
func (m *memory) Info() fs.FileInfo            { return nil }
func (m *memory) Deferred() bool               { return false }
func (m *memory) Commit(context.Context) error { return nil }
func (m *memory) Abort()                       {}

// tb is what testing.T and rapid.T have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
}

// filtering is one run over inputs that are cut by the test.
type filtering struct {
	reference
	inputs  []input
	cuts    [][]int // of each input: where ranges begin, but for 0
	size    int64   // of ranges; if set, package split cuts
	workers int
	ahead   int
}

func (f *filtering) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "keys %q, column %d, dialect %+v, lax %v, invert %v, format %+v", f.keys, f.column, f.spec.Dialect, f.lax, f.spec.Invert, f.format)
	for i, in := range f.inputs {
		fmt.Fprintf(&b, "\n%s, %d bytes, cut at %v: %q", in.name, len(in.data), f.cuts[i], in.data[:min(len(in.data), 1000)])
	}
	return b.String()
}

// note goes with the steps of a run.
type note struct {
	src  split.Source
	name string
	end  bool
	err  error
}

// check runs the filter on a pool and compares it with the reference.
func (f *filtering) check(t tb) {
	t.Helper()
	f.reference.run(f.inputs)
	var out memory
	files, open, err := f.filter(&out)
	if err != nil {
		t.Fatalf("%v\n%v", err, f)
	}
	if !bytes.Equal(out.Bytes(), f.out) {
		t.Fatalf("output\n%q; want\n%q\n%v", out.Bytes(), f.out, f)
	}
	if !slices.Equal(files, f.files) || !slices.Equal(open, f.open) {
		t.Fatalf("rows of each file %v; want %v; open at the end %v; want %v\n%v", files, f.files, open, f.open, f)
	}
}

func (f *filtering) filter(out output.Output) (files []uint64, open []bool, err error) {
	s := f.spec
	if !s.Tally {
		s.Where = []rows.Condition{{In: rows.NewKeys(f.keys...)}}
	}
	s.Spans, s.Each = !f.format.Count, !f.format.Count && f.format.RowByRow()
	pool, err := worker.NewPool(worker.Job{Rows: &s}, worker.Options{Mode: worker.Threads, Processes: f.workers})
	if err != nil {
		return nil, nil, err
	}
	defer pool.Close()
	m := NewRows(out, pool, f.format)
	ctx := context.Background()
	var flushErr error
	order := Order{Ahead: f.ahead, Idle: func() { flushErr = errors.Join(flushErr, m.Flush()) }}
	for d := range Ordered(ctx, pool, order, f.steps) {
		if err := cmp.Or(d.Err, d.Note.err); err != nil {
			return nil, nil, err
		}
		broken := false
		switch {
		case d.Task != nil:
			if d.Task.Range.Start%2 == 0 { // as if there were many rows
				r := d.Result.Rows
				r.Head.Data, r.Alt.Data, r.Rest.Data = nil, nil, nil
			}
			err = m.Range(ctx, d.Task, *d.Result.Rows)
		case d.Note.end:
			if f.lax && m.Open() {
				if err := m.Reread(ctx, Order{Ahead: f.ahead}, f.again(d.Note.src)); err != nil {
					return nil, nil, err
				}
			}
			var in *worker.InputError
			if err = m.End(); errors.As(err, &in) && strings.Contains(err.Error(), "quote is not closed") {
				broken, err = true, nil
				if f.format.Tally != nil {
					m.Void()
				}
			}
		default:
			m.Begin(d.Note.src, d.Note.name, 0)
		}
		if err != nil {
			return nil, nil, err
		}
		if d.Note.end || m.Full() {
			m.Leave()
			files, open = append(files, m.File), append(open, broken)
		}
		if d.Note.end {
			d.Note.src.Close()
		}
		if m.Full() {
			break
		}
	}
	return files, open, errors.Join(flushErr, m.Flush())
}

// steps yields the inputs, cut where the test says.
func (f *filtering) steps(yield func(Step[note]) bool) {
	for i, in := range f.inputs {
		src, err := split.OpenSource(in.name, nil)
		if err != nil {
			yield(Step[note]{Note: note{err: err}})
			return
		}
		more := yield(Step[note]{Note: note{src: src, name: in.name}})
		for r, err := range f.ranges(i, src) {
			more = more && yield(Step[note]{Note: note{err: err}, Task: &worker.Task{
				Name: in.name, Input: src.Locator(), Range: r, Rows: &rows.Task{Columns: []int{f.column}, Max: f.format.Max},
			}})
			if !more {
				break
			}
		}
		// The consumer closes it, if it comes so far.
		if !more || !yield(Step[note]{Note: note{src: src, end: true}}) {
			src.Close()
			return
		}
	}
}

func (f *filtering) ranges(i int, src split.Source) iter.Seq2[split.Range, error] {
	if f.size > 0 {
		return src.Ranges(0, split.Fixed(f.size), '\n')
	}
	return func(yield func(split.Range, error) bool) {
		start := 0
		for _, end := range append(slices.Clone(f.cuts[i]), len(f.inputs[i].data)) {
			if start < end && !yield(split.Range{Start: int64(start), End: int64(end)}, nil) {
				return
			}
			start = end
		}
	}
}

// again yields the ranges of an input from an offset on.
func (f *filtering) again(src split.Source) func(int64) iter.Seq2[split.Range, error] {
	return func(from int64) iter.Seq2[split.Range, error] {
		return src.Ranges(from, split.Fixed(int64(f.ahead*f.workers)), '\n')
	}
}

// store writes the inputs to files of a folder.
func (f *filtering) store(t tb, dir string) {
	t.Helper()
	for i := range f.inputs {
		f.inputs[i].name = filepath.Join(dir, fmt.Sprintf("input%d", i))
		if err := os.WriteFile(f.inputs[i].name, f.inputs[i].data, 0o600); err != nil {
			t.Fatalf("%v", err)
		}
	}
}

// borders is where an input may be cut: after each LF.
func borders(data []byte) (at []int) {
	for i, c := range data {
		if c == '\n' && i+1 < len(data) {
			at = append(at, i+1)
		}
	}
	return at
}

// newFiltering is a run over one input, cut at every line.
func newFiltering(data, key string, format Format) *filtering {
	return &filtering{
		reference: reference{spec: rows.Spec{Dialect: rows.CSV}, keys: []string{key}, column: 1, format: format},
		inputs:    []input{{data: []byte(data)}},
		cuts:      [][]int{borders([]byte(data))},
		workers:   2, ahead: 3,
	}
}

// checkCuts checks a run at every set of cuts of its first input.
func (f *filtering) checkCuts(t *testing.T) {
	t.Helper()
	f.store(t, t.TempDir())
	all := borders(f.inputs[0].data)
	for set := range 1 << len(all) {
		g := *f
		g.cuts = [][]int{nil}
		for i, at := range all {
			if set>>i&1 != 0 {
				g.cuts[0] = append(g.cuts[0], at)
			}
		}
		g.check(t)
	}
}
