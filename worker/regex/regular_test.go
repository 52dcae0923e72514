package regex

import (
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// TestGivingUp tries a filter that finds most records for nothing: it is left out from some record
// on, then for more and more blocks, until it pays off again.
func TestGivingUp(t *testing.T) {
	s := &Spec{Patterns: []byte("x*foo.*bar[^.]*$")}
	p, err := compile(s)
	if err != nil {
		t.Fatal(err)
	}
	e := p.strategy.engine().(*regularEngine)
	if e.filter == nil {
		t.Fatal("no filter")
	}
	ref := reference(t, s)
	vain := []byte(strings.Repeat("foo bar.\nxfoo\n.\nfoo.bar\n\nbar\n", 2000) + "foo.bar")
	good := []byte(strings.Repeat(strings.Repeat(".", 300)+"\n", 200) + "foobar\nfoo\n")
	left := []int{}
	for _, b := range [][]byte{vain, vain, vain, vain, vain, good, good, good, vain, vain} {
		check(t, "giving up", s, &once{e, nil}, records(s, ref, b), ref, b)
		left = append(left, e.blocks)
	}
	// 0: tried and left out for none; 1: tried, left out for one; and so on.
	if want := []int{0, 1, 0, 3, 2, 1, 0, 0, 0, 1}; !slices.Equal(left, want) {
		t.Errorf("blocks for which it is left out: %v, want %v", left, want)
	}
}

// once counts by the lines it has found, so that a block is searched only once.
type once struct {
	*regularEngine
	hits []int
}

func (o *once) lines(b []byte, hits []int) []int {
	n := len(hits)
	hits = o.regularEngine.lines(b, hits)
	o.hits = hits[n:]
	return hits
}

func (o *once) count([]byte) int { return len(o.hits) }

func (o *once) spans(b []byte, spans []int) ([]int, int) {
	return joined(b, o.hits, o.term, spans), len(o.hits)
}

// TestSteps tries a pattern that takes too long on one record.
func TestSteps(t *testing.T) {
	p, err := compile(&Spec{Language: Extended, Patterns: []byte(`^(a*)(a*)(a*)(a*)(a*)b\5\4\3\2\1$`)})
	if err != nil {
		t.Fatal(err)
	}
	s := p.Searcher()
	slow := strings.Repeat("a", 200) + "b" + strings.Repeat("a", 199)
	for _, x := range []struct {
		block  string
		count  int
		gaveUp bool
	}{
		{"aba\n", 1, false},
		{"aba\n" + slow + "\nb\naab\n", 2, true},
		{"b\nab\n", 1, false},
	} {
		if n := s.Count([]byte(x.block)); n != x.count || (s.GaveUp() != nil) != x.gaveUp {
			t.Errorf("%.10q: %d selected", x.block, n)
		}
		for record := range strings.Lines(x.block) {
			record = strings.TrimSuffix(record, "\n")
			if _, err := s.Decide([]byte(record)); (err != nil) != (record == slow) {
				t.Errorf("%.10q: %v", record, err)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	for _, x := range []struct {
		spec    Spec
		err     string
		warning string
	}{
		{Spec{Patterns: []byte("a")}, "", ""},
		{Spec{Patterns: []byte("a\n\\(")}, "Unmatched ( or \\(", ""},
		{Spec{Patterns: []byte("("), Language: Extended}, "Unmatched (", ""},
		{Spec{Patterns: []byte("("), Language: Perl}, "missing closing parenthesis", ""},
		{Spec{Patterns: []byte("("), Language: Fixed}, "", ""},
		{Spec{Patterns: []byte("["), None: true}, "", ""},
		{Spec{Patterns: []byte("a"), Language: 9}, "unknown", ""},
		{Spec{Patterns: []byte(`\a`)}, "", "stray \\ before a"},
	} {
		p, err := x.spec.Parse()
		if err == nil {
			_, err = Compile(&x.spec, p)
		} else {
			p = new(Parsed)
		}
		if (err != nil) != (x.err != "") || err != nil && !strings.Contains(err.Error(), x.err) {
			t.Errorf("%s: error %v, want %q", x.spec.Patterns, err, x.err)
		}
		if got := strings.Join(p.Warnings, "; "); got != x.warning {
			t.Errorf("%s: warnings %q, want %q", x.spec.Patterns, got, x.warning)
		}
	}
}

// TestSuperset tries back-references from within their group, and to groups that look around or are
// large.
func TestSuperset(t *testing.T) {
	for _, x := range []struct {
		pattern, record string
		match           bool
	}{
		{`\(\<ab*\)x\1`, "abbxabb", true},
		{`\(a\b\)-*\1c`, "a-ac", true}, // the copy of a is not at the end of a word
		{`\(\(a\)\2\)\1`, "aaaa", true},
		{`\(\(a\)\2\)\1`, "aaa", false},
		{`\(a\(b\)*\)*\2c`, "abbc", true},
	} {
		s := &Spec{Patterns: []byte(x.pattern)}
		p, err := compile(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Searcher().Count([]byte(x.record)); (got == 1) != x.match {
			t.Errorf("%s in %s: %d", x.pattern, x.record, got)
		}
	}
	large := `\(\(\(\(a*b*\)\4\4\4\4\4\4\4\4\)\3\3\3\3\3\3\3\3\)\2\2\2\2\2\2\2\2\)\1\1\1\1\1\1\1\1`
	p, err := (&Spec{Patterns: []byte(large)}).Parse()
	if err != nil {
		t.Fatal(err)
	}
	if n := size(superset(p.posix.Tree())); n > 10*mostCopied {
		t.Errorf("%d nodes", n)
	}
}

func size(n *syntax.Node) int {
	total := 1
	for _, sub := range n.Sub {
		total += size(sub)
	}
	return total
}

// TestLastRecord tries blocks of few records, with and without the last terminator.
func TestLastRecord(t *testing.T) {
	for _, pattern := range []string{"^a", "a$", "^a$", "a", "^$", "a.*b$", "^a.*b", "a$\n^b"} {
		s := &Spec{Patterns: []byte(pattern)}
		ref := reference(t, s)
		for _, b := range []string{
			"", "\n", "a", "a\n", "\na", "a\na", "ba", "a b", "x\na b", "b", "a\n\n", "\n\n", "xb\n",
		} {
			for _, v := range variants(t, s) {
				check(t, v.name, s, v.strategy.engine(), records(s, ref, []byte(b)), ref, []byte(b))
			}
		}
	}
}
