package split

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestPace(t *testing.T) {
	p := NewPace(MediumRange)
	sizes := p.Guided(2)
	next := func(want int64) {
		t.Helper()
		if got := sizes.next(1 << 62); got != want {
			t.Errorf("%d MiB, want %d", got>>20, want>>20)
		}
	}
	next(32 << 20)
	for want := int64(64 << 20); want <= longestRange; want *= 2 {
		p.Took(Range{0, want / 2}, smallResult/2)
		next(want)
	}
	p.Took(Range{0, longestRange}, 0)
	next(longestRange)
	p.Took(Range{0, longestRange}, smallResult)
	next(longestRange)
	p.Took(Range{0, longestRange}, smallResult+1)
	next(32 << 20)
	p.Took(Range{0, 32 << 20}, smallResult/2+1)
	next(32 << 20)
	p.Took(Range{0, 16<<20 + 5000}, 0) // at the end of an input
	next(32 << 20)
	p.Took(Range{5, 5 + 32<<20 - 3}, 0)
	next(64 << 20)
	if left := sizes.next(128 << 20); left != 32<<20 {
		t.Errorf("%d of 128 MiB", left>>20)
	}
}

func TestBound(t *testing.T) {
	p := NewPace(2 << 20)
	for _, c := range []struct {
		length int64
		bound  int
	}{{1, 0}, {2 << 20, 0}, {2<<20 + 5000, 0}, {4<<20 - 5000, maxResult}, {4 << 20, maxResult}} {
		r := Range{7, 7 + c.length}
		if got := p.Bound(r); got != c.bound {
			t.Errorf("%v: %d", r, got)
		}
		if (*Pace)(nil).Bound(r) != 0 {
			t.Error("ranges that do not become longer have a bound")
		}
	}
}

// TestWithin cuts each range of a file again, while another goroutine continues to cut.
func TestWithin(t *testing.T) {
	data := lines(50_000)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	src := openPath(t, path)
	var again []Range
	var cutting sync.WaitGroup
	for long, err := range src.Ranges(0, Fixed(64<<10), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		cutting.Wait()
		cutting.Go(func() {
			for r, err := range Within(src.Ranges(long.Start, Fixed(1000), '\n'), long.End) {
				if err != nil {
					t.Error(err)
					return
				}
				again = append(again, r)
			}
		})
	}
	cutting.Wait()
	checkCover(t, data, 0, '\n', again)
	if n := len(again); n < len(data)/2000 {
		t.Errorf("%d ranges", n)
	}
}

func TestLongest(t *testing.T) {
	for _, c := range []struct {
		density float64
		want    int64
	}{{0, longestRange}, {1, MediumRange}, {smallResult / 2. / (64 << 20), 128 << 20}} {
		if got := Longest(MediumRange, c.density); got != c.want {
			t.Errorf("%g: %d MiB, want %d", c.density, got>>20, c.want>>20)
		}
	}
}
