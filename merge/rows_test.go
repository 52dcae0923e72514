package merge

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// TestSplitRanges lets package split cut.
func TestSplitRanges(t *testing.T) {
	data := "k,1\n" + strings.Repeat("x,\"k\n\"\nk,\"\n\n\"\n", 50) + "k"
	for size := int64(1); size < 40; size++ {
		f := newFiltering(data, "k", Format{LineNumber: true, ByteOffset: true})
		f.size = size
		f.store(t, t.TempDir())
		f.check(t)
	}
}

// single is one range that is scanned, in a file that may change before its
// rows are written.
type single struct {
	pool *worker.Pool
	src  split.Source
	task worker.Task
	res  rows.Result
}

func scanSingle(t *testing.T, data string, each bool) *single {
	t.Helper()
	path := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	pool, err := worker.NewPool(worker.Job{Rows: &rows.Spec{Where: []rows.Condition{{In: rows.NewKeys("k")}}, Dialect: rows.CSV, Spans: true, Each: each}},
		worker.Options{Mode: worker.Serial})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	src, err := split.OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { src.Close() })
	s := &single{pool: pool, src: src}
	s.task = worker.Task{Name: path, Input: src.Locator(), Range: split.Range{End: int64(len(data))}, Rows: &rows.Task{Columns: []int{1}}}
	res, err := pool.Do(context.Background(), &s.task)
	if err != nil {
		t.Fatal(err)
	}
	s.res = *res.Rows
	return s
}

// TestShrunk has a file cut off between the scan and the copy of its rows.
func TestShrunk(t *testing.T) {
	for _, data := range []string{
		strings.Repeat("k\nx\n", 60_000),         // many rows, read from a window
		"k," + strings.Repeat("x", 3<<20) + "\n", // a long one
	} {
		s := scanSingle(t, data, false)
		if err := os.Truncate(s.task.Name, 10); err != nil {
			t.Fatal(err)
		}
		m := NewRows(&memory{}, s.pool, Format{})
		m.Begin(s.src, s.task.Name, 0)
		err := m.Range(context.Background(), &s.task, s.res)
		var in *worker.InputError
		if !errors.As(err, &in) || in.Name != s.task.Name || !strings.Contains(err.Error(), "shrank") {
			t.Errorf("%q…: error %v", data[:10], err)
		}
		m.Leave()
	}
	// A few rows came with the result. That the file is shorter is reported at its
	// end.
	s := scanSingle(t, strings.Repeat("x\n", 60_000)+"k,1\n", false)
	if err := os.Truncate(s.task.Name, 10); err != nil {
		t.Fatal(err)
	}
	var out memory
	m := NewRows(&out, s.pool, Format{})
	m.Begin(s.src, s.task.Name, 0)
	if err := m.Range(context.Background(), &s.task, s.res); err != nil {
		t.Error(err)
	}
	if err := m.End(); err == nil || !strings.Contains(err.Error(), "shrank") {
		t.Errorf("error %v", err)
	}
	if err := m.Flush(); err != nil || out.String() != "k,1\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

// TestBound has a range that begins within quotes, and holds more than is to be
// reported at once where it is read so.
func TestBound(t *testing.T) {
	rows := strings.Repeat("k,1\nx\n", 1000)
	first, second := "x,\"\n", "\"\n"+rows
	s := scanSingle(t, first+second, false)
	var out memory
	m := NewRows(&out, s.pool, Format{})
	m.Begin(s.src, s.task.Name, 0)
	cut, half, end := int64(len(first)), int64(len(first)+len(second)/2), int64(len(first)+len(second))
	half = int64(strings.LastIndex((first + second)[:half], "\n") + 1)
	for _, x := range []struct {
		r        split.Range
		maxSpans int
		want     error
	}{
		{split.Range{Start: 0, End: cut}, 100, nil},
		{split.Range{Start: cut, End: end}, 100, ErrGivenUp},
		{split.Range{Start: cut, End: half}, 0, nil},
		{split.Range{Start: half, End: end}, 0, nil},
	} {
		task, bounded := s.task, *s.task.Rows
		bounded.MaxSpans = x.maxSpans
		task.Range, task.Rows = x.r, &bounded
		res, err := s.pool.Do(context.Background(), &task)
		if err != nil || res.Rows.GivenUp {
			t.Fatal("given up, or", err)
		}
		if err := m.Range(context.Background(), &task, *res.Rows); err != x.want {
			t.Fatalf("%v: %v, want %v", x.r, err, x.want)
		}
	}
	if err := errors.Join(m.End(), m.Flush()); err != nil {
		t.Error(err)
	}
	if want := strings.Repeat("k,1\n", 1000); out.String() != want {
		t.Errorf("%d bytes, want %d", len(out.String()), len(want))
	}
}

func TestOpenQuote(t *testing.T) {
	s := scanSingle(t, "k\nx\n\"k\nx\n", false)
	var out memory
	m := NewRows(&out, s.pool, Format{})
	m.Begin(s.src, s.task.Name, 0)
	if err := m.Range(context.Background(), &s.task, s.res); err != nil {
		t.Fatal(err)
	}
	err := m.End()
	var in *worker.InputError
	if !errors.As(err, &in) || in.Name != s.task.Name || !strings.Contains(err.Error(), "byte 4:") {
		t.Errorf("error %v", err)
	}
	// The next input begins anew.
	m.Begin(s.src, s.task.Name, 0)
	if err := m.End(); err != nil {
		t.Error(err)
	}
	if err := m.Flush(); err != nil || out.String() != "k\n" {
		t.Errorf("output %q, %v", out.String(), err)
	}
}

// full is a writer that takes n bytes.
type full struct {
	bytes.Buffer
	n int
}

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	if f.Len()+len(b) > f.n {
		n, _ := f.Buffer.Write(b[:f.n-f.Len()])
		return n, errFull
	}
	return f.Buffer.Write(b)
}

func TestOutputFull(t *testing.T) {
	for _, each := range []bool{false, true} {
		for _, data := range []string{strings.Repeat("k\nx\n", 200_000), strings.Repeat("x\n", 90_000) + "k," + strings.Repeat("x", 60_000) + "\n"} {
			s := scanSingle(t, data, each)
			m := NewRows(output.To(&full{n: 100}), s.pool, Format{ByteOffset: each})
			m.Begin(s.src, s.task.Name, 0)
			err := m.Range(context.Background(), &s.task, s.res)
			err = errors.Join(err, m.Flush())
			m.Leave()
			var out *output.Error
			if !errors.As(err, &out) || !errors.Is(err, errFull) {
				t.Errorf("each %v: error %v", each, err)
			}
		}
	}
}

func TestHeader(t *testing.T) {
	for _, c := range []struct {
		format       Format
		header, want string
	}{
		{Format{}, "a,b\r\n", "a,b\r\n"},
		{Format{}, "a,b", "a,b\n"},
		{Format{LineNumber: true, ByteOffset: true}, "a\n", "1:0:a\n"},
		{Format{Count: true}, "a\n", ""},
	} {
		s := scanSingle(t, "x,\"\n\"\nk\n", true)
		var out memory
		m := NewRows(&out, s.pool, c.format)
		m.Begin(s.src, s.task.Name, 0)
		if err := m.Header([]byte(c.header)); err != nil {
			t.Fatal(err)
		}
		if string(out.header) != c.want || out.Len() > 0 {
			t.Errorf("%+v: header %q became %q, with rows %q", c.format, c.header, out.header, out.Bytes())
		}
	}
}

// TestLinesBefore numbers lines from where a header ends.
func TestLinesBefore(t *testing.T) {
	s := scanSingle(t, "a,\"\n\"\nx\nk\n", true)
	s.task.Range.Start = 6
	res, err := s.pool.Do(context.Background(), &s.task)
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	m := NewRows(&out, s.pool, Format{LineNumber: true, ByteOffset: true})
	m.Begin(s.src, s.task.Name, 2)
	if err := errors.Join(m.Range(context.Background(), &s.task, *res.Rows), m.End(), m.Flush()); err != nil {
		t.Fatal(err)
	}
	if want := []byte("4:8:k\n"); !bytes.Equal(out.Bytes(), want) {
		t.Errorf("output %q; want %q", out.Bytes(), want)
	}
}
