package grep

import (
	"bytes"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
)

// answer is what is found in a whole file.
type answer struct {
	text    []span.Span // selected records before the binary part, numbered
	matches []span.Span
	binary  bool
	quiet   uint64
}

// reference searches a file record by record.
func reference(data []byte, s *Spec, re *regexp.Regexp) (a answer) {
	limit := len(data)
	if nul := bytes.IndexByte(data, 0); nul >= 0 && s.Detects() {
		a.binary = true
		limit = nul / blockSize * blockSize
	}
	line := uint64(0)
	for start := 0; start < len(data); line++ {
		isText := !a.binary
		k := bytes.IndexByte(data[start:], s.Terminator())
		end, after := start+k, start+k+1
		if k < 0 {
			end, after = len(data), len(data)
		} else if after <= limit {
			isText = true
		}
		if !isText {
			if k := bytes.IndexAny(data[start:], "\n\x00"); k >= 0 {
				end, after = start+k, start+k+1
			}
		}
		if re.Match(data[start:end]) != s.Invert {
			if isText {
				a.text = append(a.text, span.Span{
					Start: int64(start), End: int64(after), Line: line,
				})
				for _, m := range re.FindAllIndex(data[start:end], -1) {
					if m[0] < m[1] && !s.Invert {
						a.matches = append(a.matches, span.Span{
							Start: int64(start + m[0]), End: int64(start + m[1]),
						})
					}
				}
			} else {
				a.quiet++
			}
		}
		start = after
	}
	if s.Binary == WithoutMatch {
		a.quiet = 0
	}
	return a
}

var drawBinary = rapid.SampledFrom([]Binary{Quiet, Quiet, WithoutMatch, Text})

// TestScan compares the results of all ranges together with the reference, for
// random data, cuts and blocks.
func TestScan(t *testing.T) {
	defer func(block, long int) { blockSize, longRecord = block, long }(blockSize, longRecord)
	rapid.Check(t, func(t *rapid.T) {
		blockSize = rapid.IntRange(1, 40).Draw(t, "block")
		longRecord = rapid.IntRange(1, 60).Draw(t, "long")
		data := rapid.SliceOfN(rapid.SampledFrom([]byte("aab\n\n\x80\x00")), 0, 120).Draw(t, "data")
		if rapid.IntRange(0, 2).Draw(t, "nul") > 0 {
			data = bytes.ReplaceAll(data, []byte{0}, []byte("b"))
		}
		pattern := rapid.SampledFrom([]string{
			"a", "^b", "a$", "^$", "aa*b", "", "^ab$",
		}).Draw(t, "pattern")
		null := rapid.IntRange(0, 4).Draw(t, "null") == 0
		s := Spec{
			Pattern: regex.Spec{Patterns: []byte(pattern), Null: null},
			Invert:  rapid.Bool().Draw(t, "invert"),
			Binary:  drawBinary.Draw(t, "binary"),
			Spans:   rapid.Bool().Draw(t, "spans"),
			Each:    rapid.Bool().Draw(t, "each"),
			Count:   rapid.Bool().Draw(t, "count"),
		}
		s.Matches = s.Spans && s.Each
		m, err := Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		scanner := m.Scanner()
		re := regexp.MustCompile("(?s)" + pattern)

		want := reference(data, &s, re)
		var got answer
		selected, lines := uint64(0), uint64(0)
		for start := 0; start < len(data); {
			end := start + rapid.IntRange(1, 60).Draw(t, "range")
			if end >= len(data) {
				end = len(data)
			} else {
				end = recordEnd(data, end-1, s.Terminator())
			}
			ahead := min((end+blockSize-1)/blockSize*blockSize, len(data))
			r := scanner.Scan(data[start:ahead], Task{Start: int64(start), End: end - start})
			checkData(t, data[start:end], r, s.Each)
			checkBound(t, scanner, data[start:ahead],
				Task{Start: int64(start), End: end - start}, r)
			base := int64(start)
			if got.binary {
				got.quiet += r.Selected + r.Quiet
			} else {
				selected += r.Selected
				for at := range r.Spans.All(s.Each) {
					got.text = append(got.text, span.Span{
						Start: base + at.Start, End: base + at.End, Line: lines + at.Line,
					})
				}
				for at := range r.Matches.All(false) {
					got.matches = append(got.matches, span.Span{
						Start: base + at.Start, End: base + at.End,
					})
				}
				got.quiet += r.Quiet
			}
			got.binary = got.binary || r.Binary
			lines += r.Lines
			start = end
		}

		if s.Binary == WithoutMatch {
			got.quiet = 0 // nobody needs it
		}
		if got.binary != want.binary || !s.Count && (got.quiet > 0) != (want.quiet > 0) ||
			s.Count && got.quiet != want.quiet {
			t.Fatalf("%q %+v: binary %v with %d, want %v with %d", data, s, got.binary, got.quiet,
				want.binary, want.quiet)
		}
		if selected != uint64(len(want.text)) {
			t.Fatalf("%q %+v: %d selected, want %d", data, s, selected, len(want.text))
		}
		if s.Spans && !slices.Equal(joined(got.text, s.Each), joined(want.text, s.Each)) {
			t.Fatalf("%q %+v: spans %v, want %v", data, s, got.text, want.text)
		}
		if s.Matches && !slices.Equal(got.matches, want.matches) {
			t.Fatalf("%q %+v: matches %v, want %v", data, s, got.matches, want.matches)
		}
	})
}

// checkData compares the bytes of a result with those at its spans.
func checkData(t *rapid.T, b []byte, r Result, each bool) {
	var want []byte
	for at := range r.Spans.All(each) {
		want = append(want, b[at.Start:at.End]...)
	}
	if !bytes.Equal(r.Data, want) {
		t.Fatalf("the bytes %q, want %q", r.Data, want)
	}
}

// checkBound scans again with limits on the size of the result, which have no effect or end the
// scan.
func checkBound(t *rapid.T, s *Scanner, b []byte, task Task, want Result) {
	n := len(want.Spans) + len(want.Matches)
	if n == 0 {
		return
	}
	task.MaxSpans = n
	if r := s.Scan(b, task); !reflect.DeepEqual(r, want) {
		t.Fatalf("with %d bytes of spans: %+v; want %+v", n, r, want)
	}
	task.MaxSpans = rapid.IntRange(1, n).Draw(t, "bound")
	r := s.Scan(b, task)
	if !r.GivenUp && !reflect.DeepEqual(r, want) || r.GivenUp && task.MaxSpans == n {
		t.Fatalf("with %d of %d bytes of spans: %+v; want %+v", task.MaxSpans, n, r, want)
	}
}

// TestBound gives up a result that grows too large; nothing of it is left for the next range.
func TestBound(t *testing.T) {
	data := bytes.Repeat([]byte("a\nb\n"), blockSize)
	s := Spec{Spans: true, Each: true, Pattern: regex.Spec{Patterns: []byte("a")}}
	m, err := Compile(&s)
	if err != nil {
		t.Fatal(err)
	}
	scanner := m.Scanner()
	r := scanner.Scan(data, Task{End: len(data), MaxSpans: 1000})
	if !reflect.DeepEqual(r, Result{GivenUp: true}) {
		t.Fatalf("%+v", r)
	}
	r = scanner.Scan(data[:8], Task{End: 8, MaxSpans: 1000})
	if string(r.Data) != "a\na\n" || r.Selected != 2 {
		t.Fatalf("%+v", r)
	}
}

// joined returns spans as a list with or without line numbers holds them.
func joined(spans []span.Span, each bool) (out []span.Span) {
	for _, s := range spans {
		if n := len(out); !each && n > 0 && out[n-1].End == s.Start {
			out[n-1].End = s.End
			continue
		}
		if !each {
			s.Line = 0
		}
		out = append(out, s)
	}
	return out
}

// TestMax ends scans early.
func TestMax(t *testing.T) {
	data := bytes.Repeat([]byte("a\nb\n"), 100)
	for _, s := range []Spec{
		{Spans: true}, {Spans: true, Each: true}, {}, {Spans: true, Invert: true},
	} {
		s.Pattern.Patterns = []byte("a")
		m, err := Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		r := m.Scanner().Scan(data, Task{End: len(data), Max: 7})
		if !r.Stopped || r.Selected < 7 || s.Spans && r.Selected != 7 {
			t.Errorf("%+v: %+v", s, r)
		}
	}
}

// TestInvalid leaves records with an encoding error out of joined spans, which
// may be few or many in a block.
func TestInvalid(t *testing.T) {
	for _, copies := range []int{1, manyHits} {
		testInvalid(t, copies)
	}
}

func testInvalid(t *testing.T, copies int) {
	data := bytes.Repeat([]byte("a\n\xffa\nb\na\xc3\n\na\xc3\xa9\n"), copies)
	for _, invert := range []bool{false, true} {
		s := Spec{
			Spans: true, Invert: invert, Pattern: regex.Spec{Patterns: []byte("a"), UTF8: true},
		}
		if invert {
			s.Pattern.Patterns = []byte("x")
		}
		m, err := Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		r := m.Scanner().Scan(data, Task{End: len(data)})
		var shown []byte
		for at := range r.Spans.All(false) {
			shown = append(shown, data[at.Start:at.End]...)
		}
		want, n := "a\na\xc3\xa9\n", uint64(4)
		if invert {
			want, n = "a\nb\n\na\xc3\xa9\n", 6
		}
		want, n = strings.Repeat(want, copies), n*uint64(copies)
		if string(shown) != want || !r.Invalid || r.Selected != n || !utf8.Valid(shown) {
			t.Errorf("%d copies, invert %v: %.100q, %d selected", copies, invert, shown, r.Selected)
		}
	}
}
