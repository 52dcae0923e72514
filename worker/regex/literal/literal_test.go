package literal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

func parse(t *testing.T, pattern string) *syntax.Node {
	t.Helper()
	p, err := syntax.Parse([][]byte{[]byte(pattern)}, syntax.Options{Language: syntax.Extended})
	if err != nil {
		t.Fatal(err)
	}
	return p.Tree()
}

// TestBest lists what is searched for in rows of numbers.
func TestBest(t *testing.T) {
	sample := bytes.Repeat([]byte("11865,114.97201,30.75123,45,359,1\n"), 100)
	long := strings.Repeat("long", 20)
	for _, x := range []struct{ pattern, want string }{
		{`foo`, `"foo" exact`},
		{`^foo$`, `"\nfoo\n" exact`},
		{`colou?r`, `"colo"`}, // one is found faster than two
		{`foo|bars?`, `"foo" "bar" exact`},
		{`foo(bar)?`, `"foo" exact`}, // "foobar" contains it
		{`foo.*bar`, `"foo"`},
		{`359.*foo`, `"foo"`}, // which is rarer
		{`1$|foo`, `"1\n" "foo" exact`},
		{`[0-9]x[0-9]`, `"x"`},
		{`[0-9]{3},1x`, `",1x"`},
		{`1(a|b)1[^,]`, `"1a1" "1b1"`},
		{`(foo.|bar)+`, `"foo" "bar"`},
		{`(` + long + `){5}`, `"` + strings.Repeat(long, 3) + `"`}, // cut off
		{`(ab){3}`, `"ababab" exact`},
		{`(ab){2,}`, `"abab"`},
		{`a^b`, ` exact`},
		{`^`, ``},
		{`[^,]*`, ``},
		{`foo|`, ``},
	} {
		got := ""
		sets := Required(parse(t, x.pattern), Options{Terminator: '\n', Sample: sample})
		if len(sets) > 0 {
			var all []string
			for _, l := range sets[0].Literals {
				all = append(all, fmt.Sprintf("%q", l.Bytes('\n')))
			}
			got = strings.Join(all, " ")
			if sets[0].Exact {
				got += " exact"
			}
		}
		if got != x.want {
			t.Errorf("%s: %s, want %s", x.pattern, got, x.want)
		}
	}
}

func TestComplete(t *testing.T) {
	for pattern, want := range map[string]bool{
		`foo|bar`: true, `fooo?`: false, `foo.`: false, `^(a|b)$`: true,
	} {
		sets := Required(parse(t, pattern), Options{Terminator: '\n'})
		if got := slices.ContainsFunc(sets, func(s Set) bool { return s.Complete }); got != want {
			t.Errorf("%s: complete %v", pattern, got)
		}
	}
}

// TestAffixes lists what all matches start or end with.
func TestAffixes(t *testing.T) {
	for _, x := range []struct{ pattern, begins, ends string }{
		{`foo[a-z]x*`, `26 1`, ``},
		{`x*(tion|sion)`, ``, `2 1`},
		{`(users|orders)/1[0-9]x*`, `20 2`, ``},
		{`(aa|bbb)[0-9]x*`, `20 2`, ``},
		{`co(la|rdial)x*`, `2 1`, ``},
		{`^(a|b)c.*d$`, `2`, `1`},
		{`(|x)foo.*`, ``, ``}, // xfoo contains foo, but starts before it
		{`(foo|x).*`, `2`, ``},
		{`\bfoo.*bar\b`, `1`, `1`},
		{`(foo.*)?bar`, ``, `1`},
		{`.*foo`, ``, `1`},
	} {
		var begins, ends []string
		sets := Required(parse(t, x.pattern), Options{Terminator: '\n'})
		slices.SortFunc(sets, func(a, b Set) int { return len(b.Literals) - len(a.Literals) })
		for _, s := range sets {
			n := fmt.Sprint(len(s.Literals))
			if s.Prefix {
				begins = append(begins, n)
			}
			if s.Suffix {
				ends = append(ends, n)
			}
		}
		if b, e := strings.Join(begins, " "), strings.Join(ends, " "); b != x.begins || e != x.ends {
			t.Errorf("%s: begins %q, ends %q, want %q and %q", x.pattern, b, e, x.begins, x.ends)
		}
	}
}
