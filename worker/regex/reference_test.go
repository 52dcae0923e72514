package regex

import (
	"bytes"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/regex/backtrack"
)

// compile parses and compiles a Spec.
func compile(s *Spec) (*Program, error) {
	p, err := s.Parse()
	if err != nil {
		return nil, err
	}
	return Compile(s, p)
}

// reference decides with a backtracking matcher on the whole pattern, one record after the other.
func reference(t testing.TB, s *Spec) decider {
	t.Helper()
	p, err := s.Parse()
	switch {
	case err != nil:
		t.Fatal(err)
	case p.perl != nil:
		return p.perl.Matcher()
	case p.posix != nil:
		return backtrack.New(p.posix.Tree(), s.UTF8)
	}
	return nothing{}
}

// record is a record of a block, and whether it matches.
type record struct {
	start, end int // without the terminator, but with its CR
	text       []byte
	match      bool
}

func records(s *Spec, ref decider, b []byte) (all []record) {
	term := s.terminator()
	for start := 0; start < len(b); {
		end := start + bytes.IndexByte(b[start:], term)
		if end < start {
			end = len(b)
		}
		text := b[start:end]
		if s.CRLF && !s.Null && end < len(b) {
			text = bytes.TrimSuffix(text, []byte("\r"))
		}
		all = append(all, record{start, end, text, ref.Match(text)})
		start = end + 1
	}
	return all
}

func isBoundary(s *Spec, text []byte, i int) bool {
	if e, err := charset.Lookup(s.Charset); err == nil {
		return e.Charset.Boundary(text, 0, i) == i
	}
	return !s.UTF8 || i == len(text) || utf8.RuneStart(text[i])
}

// check compares an engine with the reference on the block b.
func check(t testing.TB, what string, s *Spec, e engine, all []record, ref decider, b []byte) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Logf("%s: %+v, patterns %q", what, *s, s.Patterns)
		t.Fatalf(format, args...)
	}
	const sentinel = -7
	hits := e.lines(b, []int{sentinel})
	if hits[0] != sentinel {
		fail("lines overwrote hits")
	}
	hits = hits[1:]
	n := 0
	for _, r := range all {
		hit := len(hits) > 0 && r.start <= hits[0] && (hits[0] <= r.end && hits[0] < len(b))
		if hit != r.match {
			fail("record %q: hit %v, want %v; next hit %v; record at %d to %d of %d\nblock %.300q",
				r.text, hit, r.match, hits[:min(len(hits), 1)], r.start, r.end, len(b), b)
		}
		if hit {
			hits = hits[1:]
			n++
		}
	}
	if len(hits) > 0 {
		fail("more hits: %v in %q", hits, b)
	}
	want := spanList{}
	for _, r := range all {
		if r.match {
			want.add(r.start, min(r.end+1, len(b)))
		}
	}
	searcher := Searcher{engine: e, term: s.terminator()}
	if got, k := searcher.Spans(b, nil); !slices.Equal(got, want.list) || k != n {
		fail("%d records in spans %v, want %d in %v, of %.300q", k, got, n, want.list, b)
	}
	if got := e.count(b); got != n {
		fail("count %d, want %d in %.300q", got, n, b)
	}
	for i, r := range all {
		if got := e.Match(r.text); got != r.match {
			fail("Match(%q) = %v, want %v", r.text, got, r.match)
		}
		if i < 5 || i%17 == 0 {
			for from := 0; from <= len(r.text) && from < 8; from++ {
				if !isBoundary(s, r.text, from) {
					continue // Find starts between characters
				}
				wantStart, wantEnd, wantOK := ref.Find(r.text, from)
				start, end, ok := e.Find(r.text, from)
				if ok != wantOK || ok && (start != wantStart || end != wantEnd) {
					fail("Find(%q, %d) = %d, %d, %v, want %d, %d, %v",
						r.text, from, start, end, ok, wantStart, wantEnd, wantOK)
				}
			}
		}
	}
	if err := e.GaveUp(); err != nil && ref.GaveUp() == nil {
		fail("error %v", err)
	}
}
