package command

import (
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

func testBar(workers int) *bar {
	s := run.Status{Bytes: 3 << 30, Total: 8 << 30, Input: "folder/a long name of a file.csv", Inputs: 2,
		Records: -1, Hits: 1234567}
	for range workers {
		s.Workers = append(s.Workers, worker.Status{Name: "worker-1", Input: "出租车.csv", Bytes: 1 << 30,
			Range: split.Range{Start: 1 << 30, End: 2 << 30}, At: 3 << 29, Hits: 99})
	}
	b := &bar{status: func() run.Status { return s }, inputs: 2, finds: "hits", locale: locale.UTF8}
	b.start(time.Now().Add(-time.Second))
	return b
}

// No line is wider than the screen, and there are not more than fit.
func TestBarFits(t *testing.T) {
	for w := 1; w <= 200; w++ {
		for h := 1; h <= 12; h++ {
			b := testBar(9)
			for _, lines := range [][]string{b.one(w, h), b.each(w, h)} {
				if len(lines) == 0 || len(lines) > h {
					t.Fatalf("%d lines on %d", len(lines), h)
				}
				for _, l := range lines {
					if uniseg.StringWidth(l) > w || strings.ContainsAny(l, "\r\n\x1b") {
						t.Errorf("%q on %d columns", l, w)
					}
				}
			}
		}
	}
}

func TestBarText(t *testing.T) {
	b := testBar(3)
	for width, want := range map[int][]string{
		119: {"37% |", "3.00 GiB of 8.00 GiB", "GiB/s", "1,234,567 hits", " left", ".csv"},
		60:  {"GiB/s", " left", ".csv"},
		39:  {"GiB/s", "..."},
	} {
		got := b.one(width, 1)[0]
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%d columns: %q lacks %q", width, got, part)
			}
		}
	}
	lines := b.each(100, 3)
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "worker-1   50% |") ||
		!strings.HasPrefix(lines[1], "2 more") || !strings.Contains(lines[1], "198 hits") {
		t.Errorf("%q", lines)
	}
	if got := b.plain(time.Now()); !strings.HasPrefix(got, "linefork: 'folder/a long name of a file.csv': 37%, 3.00 GiB of 8.00 GiB, ") {
		t.Error(got)
	}
}

// The lines of workers have the same parts below each other, whether they have a bar or not.
func TestBarAligned(t *testing.T) {
	b := testBar(3)
	s := b.status()
	s.Workers[1] = worker.Status{Name: "worker-2", Hits: 12345}
	s.Workers[2].At = s.Workers[2].Range.Start
	column := func(line, mark string) int {
		before, _, found := strings.Cut(line, mark)
		if !found {
			return -1
		}
		return uniseg.StringWidth(before)
	}
	for width := 1; width <= 150; width++ {
		lines := b.each(width, 4)
		for _, mark := range []string{"B/s", " hits"} {
			for _, l := range lines[1:3] {
				if column(l, mark) != column(lines[0], mark) {
					t.Errorf("%d columns: %q", width, lines)
				}
			}
		}
	}
}

// A speed is that of the last seconds.
func TestSpeed(t *testing.T) {
	var s speed
	now := time.Now()
	if got := s.add(now, 0); got != 0 {
		t.Error(got)
	}
	n := int64(0)
	for range 100 { // fast for ten seconds
		now, n = now.Add(100*time.Millisecond), n+1000
		s.add(now, n)
	}
	got := 0.0
	for range 35 {
		now, n = now.Add(100*time.Millisecond), n+10
		got = s.add(now, n)
	}
	if got < 99 || got > 101 {
		t.Errorf("%v, want 100 a second", got)
	}
}
