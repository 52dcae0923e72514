package regex

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
)

// TestStrategy lists how patterns are searched for in rows like
//
//	11865,2013-10-22 08:45:13,114.97201,30.75123,45,359,1
func TestStrategy(t *testing.T) {
	var rows bytes.Buffer
	if _, err := taxi.Write(&rows, taxi.Options{Size: 32 << 10, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	ids := strings.TrimSuffix(string(numbers(100)), "\n")
	for _, x := range []struct {
		flags   string // as of grep; u for UTF-8
		pattern string
		want    string
		strings string // what is searched for, if that is one string
	}{
		// one string; ^ and $ are the terminators around it
		{"F", `,114.97201,`, "literal", `",114.97201,"`},
		{"G", `^11865,`, "literal", `"\n11865,"`},
		{"G", `,1$`, "literal", `",1\n"`},
		{"Fx", `1`, "literal", `"\n1\n"`},
		{"G", `^$`, "literal", `"\n\n"`},
		{"Gz", `^a$`, "literal", `"\x00a\x00"`},
		{"E", `(a)(b|b)`, "literal", `"ab"`},
		{"Fi", `30.5`, "literal", `"30.5"`},
		{"P", `(?:ab)c`, "literal", `"abc"`},

		// several strings
		{"F", "foo\nbar", "literals", ""},
		{"E", `^(foo|bar)(,|$)`, "literals", ""},
		{"Fi", "taxi", "literals", ""},
		{"Fiu", "koks", "attempts", ""}, // s has a third case
		{"F", ids, "literals", ""},
		{"Fx", ids, "literals", ""},

		// words
		{"Fw", `taxi`, "words", `"taxi"`},
		{"Fwi", `taxi`, "words", ""},
		{"Fw", ids, "words", ""},
		{"Fwu", "é", "words", `"é"`},
		{"Ewu", "файл|ключ", "words", ""},
		{"Eu", `\bне\b`, "words", `"не"`},
		{"E", `\<114`, "words", `"114"`},
		{"Ei", `taxi\>`, "words", ""},
		{"E", `\b1\b`, "automaton", ""}, // it is everywhere
		{"Ewu", `\bfoo|\Bbar`, "filter", ""},

		// strings that each match starts or ends with
		{"G", `114\.9720[0-9],30\.7`, "attempts", `"114.9720"`},
		{"G", `^[^,]*,[^,]*,114\.97`, "attempts", `",114.97"`},
		{"E", `[0-9]{5},.*,359,1`, "attempts", `",359,1"`},
		{"G", `\(foo\).*\1`, "attempts", `"foo"`},
		{"E", `\bfoo[^,]*bar|fox.*`, "attempts", `"fo"`},

		// strings that each match contains
		{"G", `[^,]*114\.9720[0-9]*`, "filter", `"114.9720"`},
		{"G", `\(ab*\)x\1`, "filter", `"xa"`},
		{"E", `foo.*|x[^y]*bar`, "filter", ""},

		// none that are rare enough
		{"G", `[0-9][02468]:[0-9]`, "automaton", ""},
		{"G", `1.*,.*3`, "automaton", ""},
		{"G", `\([0-9]\)\1`, "automaton", ""},

		{"P", `(\d+),\1,`, "automaton", ""},
		{"P", `foo(?=x)`, "literal", `"foox"`},
		{"E", ids + "\n[0-9]:[0-9]", "union", ""},
		{"G", ``, "everything", ""},
		{"E", `x*`, "everything", ""},
		{"E", `^x*`, "everything", ""},
		{"E", `a|$`, "everything", ""},
		{"F", ids + "\n", "everything", ""},
		{"E", `a^b`, "nothing", ""},
	} {
		s := &Spec{Patterns: []byte(x.pattern), Sample: rows.Bytes()}
		for _, f := range x.flags {
			switch f {
			case 'E':
				s.Language = Extended
			case 'F':
				s.Language = Fixed
			case 'P':
				s.Language = Perl
			case 'i':
				s.FoldCase = true
			case 'w':
				s.Words = true
			case 'x':
				s.Lines = true
			case 'u':
				s.UTF8 = true
			case 'z':
				s.Null = true
			}
		}
		p, err := compile(s)
		if err != nil {
			t.Errorf("%s: %v", x.pattern, err)
			continue
		}
		if got := p.strategy.name(); got != x.want {
			t.Errorf("-%s %.40q: %s, want %s", x.flags, x.pattern, got, x.want)
		}
		if got := searched(p.strategy); x.strings != "" && got != x.strings {
			t.Errorf("-%s %.40q searches for %s, want %s", x.flags, x.pattern, got, x.strings)
		}
	}
}

// searched returns the one string that p searches for.
func searched(p strategy) string {
	switch p := p.(type) {
	case *needle:
		return fmt.Sprintf("%q", p.s.single)
	case *words:
		return fmt.Sprintf("%q", p.s.single)
	case *attempts:
		return fmt.Sprintf("%q", p.filter.single)
	case *regular:
		if p.filter != nil {
			return fmt.Sprintf("%q", p.filter.single)
		}
	}
	return ""
}

// TestManyPatterns tries as many patterns as a list of words has, and checks that only what a
// search for them needs is kept of them.
func TestManyPatterns(t *testing.T) {
	var plain, anchored, begin, end, mixed bytes.Buffer
	const n = 100_000
	for i := range n {
		fmt.Fprintf(&plain, "w%xord%x\n", i*7919%n, i)
		fmt.Fprintf(&anchored, "^w%xord%x$\n", i*7919%n, i)
		fmt.Fprintf(&begin, "^w%xord%x\\.\n", i*7919%n, i)
		fmt.Fprintf(&end, " w%xord%x$\n", i*7919%n, i)
		format := []string{"w%xord%x\n", "^w%xord%x\n", "w%xord%x$\n", "^w%xord%x$\n"}[(i+2)%4]
		fmt.Fprintf(&mixed, format, i*7919%n, i)
	}
	b := []byte(fmt.Sprintf("a w%xord%x b\nw1ordx\nw%xord%x\nw%xord%x.\na w%xord%x",
		5*7919%n, 5, 6*7919%n, 6, 7*7919%n, 7, 8*7919%n, 8))
	for _, x := range []struct {
		name  string
		spec  Spec
		count int
	}{
		{"fixed", Spec{Language: Fixed, Patterns: plain.Bytes()}, 4},
		{"basic", Spec{Language: Basic, Patterns: plain.Bytes()}, 4},
		{"extended", Spec{Language: Extended, Patterns: plain.Bytes()}, 4},
		{"words", Spec{Language: Fixed, Patterns: plain.Bytes(), Words: true}, 4},
		{"lines", Spec{Language: Fixed, Patterns: plain.Bytes(), Lines: true}, 1},
		{"fold", Spec{Language: Fixed, Patterns: plain.Bytes(), FoldCase: true, UTF8: true}, 4},
		{"anchored", Spec{Language: Extended, Patterns: anchored.Bytes()}, 1},
		{"begin", Spec{Language: Basic, Patterns: begin.Bytes()}, 1},
		{"end", Spec{Language: Extended, Patterns: end.Bytes(), FoldCase: true, UTF8: true}, 1},
		{"mixed", Spec{Language: Basic, Patterns: mixed.Bytes()}, 3},
	} {
		x.spec.Patterns = bytes.TrimSuffix(x.spec.Patterns, []byte("\n"))
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p, err := compile(&x.spec)
		if err != nil {
			t.Fatal(err)
		}
		s := p.Searcher()
		if got := s.Count(b); got != x.count {
			t.Errorf("%s: %d records, want %d", x.name, got, x.count)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if mib := int64(after.HeapAlloc-before.HeapAlloc) >> 20; mib > 40 {
			t.Errorf("%s: %d MiB", x.name, mib)
		}
		runtime.KeepAlive(s)
	}
}
