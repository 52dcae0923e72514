package merge

import (
	"bytes"
	"cmp"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/tally"
)

// keyCount is one line of the table.
type keyCount struct {
	key string
	n   uint64
}

func inOrder(counts map[string]uint64, o tally.Order) (lines []keyCount) {
	for key, n := range counts {
		lines = append(lines, keyCount{key, n})
	}
	slices.SortFunc(lines, func(a, b keyCount) int {
		if o == tally.ByCount && a.n != b.n {
			return cmp.Compare(b.n, a.n)
		}
		return cmp.Compare(a.key, b.key)
	})
	return lines
}

func lines(t tb, tl *Tally, o tally.Order) (lines []keyCount) {
	t.Helper()
	if err := tl.Drain(o, func(key []byte, n uint64) error {
		lines = append(lines, keyCount{string(key), n})
		return nil
	}); err != nil {
		t.Fatalf("%v", err)
	}
	return lines
}

// A Tally is a map, wherever it must write to its file and whichever inputs
// are void.
func TestTallyIsMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tl := NewTally(rapid.SampledFrom([]int{1, 2000, 4000, TallyLimit}).Draw(t, "limit"), nil)
		defer tl.Close()
		want := map[string]uint64{}
		key := rapid.StringN(0, 3, 40)
		if rapid.Bool().Draw(t, "few") {
			key = rapid.SampledFrom([]string{"", "a", "b", "a\x00", strings.Repeat("x", 100)})
		}
		for range rapid.IntRange(0, 4).Draw(t, "inputs") {
			file := map[string]uint64{}
			for range rapid.IntRange(0, 3).Draw(t, "lists") {
				var l tally.List
				for _, k := range rapid.SliceOfN(key, 0, 120).Draw(t, "keys") {
					n := rapid.SampledFrom([]uint64{1, 1, 2, 1000}).Draw(t, "n")
					l = l.Append([]byte(k), n)
					file[k] += n
				}
				if err := tl.add(l); err != nil {
					t.Fatal(err)
				}
			}
			if rapid.IntRange(0, 3).Draw(t, "void") == 0 {
				tl.void()
				continue
			}
			if err := tl.keep(); err != nil {
				t.Fatal(err)
			}
			for k, n := range file {
				want[k] += n
			}
		}
		order := rapid.SampledFrom([]tally.Order{tally.ByKey, tally.ByCount}).Draw(t, "order")
		if got := lines(t, tl, order); !slices.Equal(got, inOrder(want, order)) {
			t.Fatalf("in order %d\n%v; want\n%v", order, got, inOrder(want, order))
		}
	})
}

// Runs of several inputs are merged, and sorted anew by count.
func TestTallyRuns(t *testing.T) {
	for _, order := range []tally.Order{tally.ByKey, tally.ByCount} {
		tl := NewTally(1, nil)
		defer tl.Close()
		want := map[string]uint64{}
		for input := range 4 {
			var l tally.List
			for i := range 500 {
				key, n := strconv.Itoa(i*(input+1)), uint64(i%7)+1
				l = l.Append([]byte(key), n)
				if input != 2 {
					want[key] += n
				}
			}
			if err := tl.add(l); err != nil {
				t.Fatal(err)
			}
			if len(tl.file.segments) < 2 {
				t.Fatalf("%d segments were written", len(tl.file.segments))
			}
			if input == 2 {
				tl.void()
			} else if err := tl.keep(); err != nil {
				t.Fatal(err)
			}
		}
		if got := lines(t, tl, order); !slices.Equal(got, inOrder(want, order)) {
			t.Errorf("in order %d %v", order, got)
		}
	}
}

// counts is how many rows each key has, in all inputs but those that end within quotes.
func (f *filtering) counts() map[string]uint64 {
	all := map[string]uint64{}
inputs:
	for _, in := range f.inputs {
		if bytes.Equal(in.data, charset.UTF8Mark) {
			continue // an empty file
		}
		counts := map[string]uint64{}
		for at := 0; at < len(in.data); {
			if at == 0 && bytes.HasPrefix(in.data, charset.UTF8Mark) {
				at = len(charset.UTF8Mark)
			}
			values, end, ok := f.spec.Dialect.Fields(in.data[at:])
			if !ok && !f.lax {
				continue inputs
			}
			if !ok {
				values, end, _ = f.spec.Dialect.Plain().Fields(in.data[at:])
			}
			if len(values) >= f.column {
				counts[string(values[f.column-1])]++
			}
			at += end
		}
		for key, n := range counts {
			all[key] += n
		}
	}
	return all
}

// checkTally counts the keys on a pool.
func (f *filtering) checkTally(t tb, limit int, o tally.Order) {
	t.Helper()
	f.keys, f.spec.Tally, f.spec.Invert = nil, true, false
	f.format = Format{Count: true, Tally: NewTally(limit, nil)}
	defer f.format.Tally.Close()
	var out memory
	if _, _, err := f.filter(&out); err != nil || out.Len() > 0 {
		t.Fatalf("%v, output %q\n%v", err, out.Bytes(), f)
	}
	want := inOrder(f.counts(), o)
	if got := lines(t, f.format.Tally, o); !slices.Equal(got, want) {
		t.Fatalf("%v; want %v\n%v", got, want, f)
	}
}

func TestTallyCompose(t *testing.T) {
	n := uint64(800)
	if testing.Short() {
		n = 200
	}
	dir := t.TempDir()
	for seed := range n {
		f := throw(rand.New(rand.NewPCG(seed, 10)).IntN)
		f.store(t, dir)
		f.checkTally(t, []int{1, TallyLimit}[seed%2], tally.Order(seed/2%2))
	}
}

func TestTallyEveryRangeSize(t *testing.T) {
	for _, data := range []string{
		"k\nl\nk\n",
		"k,1\n\"x\nk\n\",2\n\nk\n\"k\"\"\n\"\n",
		"x,\"\nk\n\n\"\"\n\"\n\"k\"\nk",
		"\"\n\"\n\"\n\"\n\"\nk\n\"\n",
		"\xef\xbb\xbfk\n\"\xef\xbb\xbfk\"\n\xef\xbb\xbfk\n",
		"\xef\xbb\xbf\"k\",\"\n\nk\n\"\n\nk\r\nk\r",
		"k\n\"k\nk\nk\n",
		"\n\n\r\n\n\"\"\n\n,\n",
	} {
		for column := 1; column <= 2; column++ {
			for size := int64(1); size <= int64(len(data))+1; size++ {
				f := newFiltering(data, "", Format{})
				f.column, f.size = column, size
				f.store(t, t.TempDir())
				f.checkTally(t, TallyLimit, tally.ByKey)
			}
		}
	}
}

// The temporary file is not to be seen, nor left.
func TestSpillLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	tl := NewTally(1, nil)
	var l tally.List
	for i := range 1000 {
		l = l.Append([]byte(strconv.Itoa(i)), 1)
	}
	if err := errors.Join(tl.add(l), tl.keep()); err != nil {
		t.Fatal(err)
	}
	if len(tl.all.segments) < 2 {
		t.Fatalf("%d segments were written", len(tl.all.segments))
	}
	want := map[string]uint64{}
	for i := range 1000 {
		want[strconv.Itoa(i)] = 1
	}
	if got := lines(t, tl, tally.ByCount); !slices.Equal(got, inOrder(want, tally.ByCount)) {
		t.Errorf("%v", got)
	}
	tl.Close()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// The errors of the temporary file say what is the matter, not its name.
func TestSpillErrors(t *testing.T) {
	var l tally.List
	for i := range 1000 {
		l = l.Append([]byte(strconv.Itoa(i)), 1)
	}
	t.Run("no folder", func(t *testing.T) {
		t.Setenv("TMPDIR", "/nonexistent")
		t.Setenv("TMP", `Q:\nonexistent`)
		tl := NewTally(1, nil)
		defer tl.Close()
		if err := tl.add(l); err == nil || !strings.HasPrefix(err.Error(), "cannot write a temporary file: ") {
			t.Errorf("%v", err)
		}
	})
	t.Run("gone", func(t *testing.T) {
		tl := NewTally(1, nil)
		defer tl.Close()
		if err := errors.Join(tl.add(l), tl.keep(), tl.all.flush()); err != nil {
			t.Fatal(err)
		}
		if err := tl.spill.f.Truncate(tl.spill.size / 2); err != nil {
			t.Fatal(err)
		}
		err := tl.Drain(tally.ByKey, func([]byte, uint64) error { return nil })
		if err == nil || !strings.HasPrefix(err.Error(), "cannot read a temporary file: ") {
			t.Errorf("%v", err)
		}
	})
	t.Run("of the caller", func(t *testing.T) {
		for _, limit := range []int{1, TallyLimit} {
			tl := NewTally(limit, nil)
			defer tl.Close()
			if err := errors.Join(tl.add(l), tl.keep()); err != nil {
				t.Fatal(err)
			}
			calls := 0
			if err := tl.Drain(tally.ByCount, func([]byte, uint64) error { calls++; return errFull }); err != errFull || calls != 1 {
				t.Errorf("%v after %d calls", err, calls)
			}
		}
	})
}
