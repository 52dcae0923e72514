package args

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/wc"
)

func TestName(t *testing.T) {
	for argv0, want := range map[string]string{
		"grep": "grep", "/usr/bin/egrep": "egrep", "./fgrep": "fgrep", "wc": "wc", "wc.exe": "wc",
		"linefork": "linefork", "lf": "linefork", "grep2": "linefork", "": "linefork", "-grep": "linefork",
	} {
		if got := Name([]string{argv0}); got != want || IsLink([]string{argv0}) != (want != "linefork") {
			t.Errorf("%s: %s, want %s", argv0, got, want)
		}
	}
	if Name(nil) != "linefork" || IsLink(nil) {
		t.Error("nothing at all is a link")
	}
}

// TestLink has command lines of tools read as those of the commands.
func TestLink(t *testing.T) {
	const all = wc.Lines | wc.Words | wc.Bytes
	for _, test := range []struct {
		line, same string
		want       wc.Want
	}{
		{line: "grep -c p f", same: "grep -c p f"},
		{line: "grep count f", same: "grep count f"},
		{line: "egrep -c p f", same: "grep -Ec p f"},
		{line: "fgrep p", same: "grep -F p"},
		{line: "fgrep -F p", same: "grep -F p"},
		{line: "wc", same: "count", want: all},
		{line: "wc grep", same: "count grep", want: all},
		{line: "wc -- -l", same: "count -- -l", want: all},
		{line: "wc -l a", same: "count -l a", want: wc.Lines},
		{line: "wc -m", same: "count -m", want: wc.Chars},
		{line: "wc -L --total=never", same: "count -L --total=never", want: wc.MaxWidth},
		{line: "wc --files0-from=x", same: "count --files0-from=x", want: all},
		{line: "wc --csv", same: "count --csv", want: 0},
		{line: "wc --processes 4", same: "count -j 4", want: all},
	} {
		got, err := Parse(strings.Fields(test.line), Env{Options: "--nonsense"})
		if err != nil {
			t.Errorf("%s: %v", test.line, err)
			continue
		}
		want := mustParse(t, test.same)
		if c, ok := want.(*Count); ok {
			c.Want = test.want
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", test.line, got, want)
		}
	}
	for line, want := range map[string]string{
		"egrep -F p":    "conflicting matchers specified",
		"egrep --bogus": "unrecognized option '--bogus'",
		"wc -V":         "invalid option -- 'V'",
		"wc --sort=key": "unrecognized option '--sort=key'",
		"wc --js":       "unrecognized option '--js'",
		"wc --proc=4":   "unrecognized option '--proc=4'",
	} {
		if _, err := Parse(strings.Fields(line), Env{}); message(err) != want {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
	c, err := Parse([]string{"egrep", "p"}, Env{})
	if g, ok := c.(*Grep); !ok || g.Language != regex.Extended {
		t.Errorf("egrep: %+v, %v", c, err)
	}
}

// TestLinkAbbreviations has the abbreviations of GNU wc 9.4: all prefixes of its options
// that fit no other of them.
func TestLinkAbbreviations(t *testing.T) {
	gnu := []string{
		"bytes", "chars", "lines", "words", "files0-from", "max-line-length", "total", "help", "version",
	}
	for _, name := range gnu {
		for n := 1; n <= len(name); n++ {
			option := "--" + name[:n]
			value := map[string]string{"files0-from": "=f", "total": "=only"}[name]
			got, err := Parse([]string{"wc", option + value}, Env{})
			want, _ := Parse([]string{"wc", "--" + name + value}, Env{})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("wc %s: %+v, %v", option, got, err)
			}
		}
	}
	var whole []string
	for _, o := range withHelp(wcCommand.make(locale.C).options()...) {
		if !o.whole {
			whole = append(whole, o.name())
		}
	}
	slices.Sort(gnu)
	slices.Sort(whole)
	if !slices.Equal(whole, gnu) {
		t.Errorf("may be abbreviated: %q, want %q", whole, gnu)
	}
}
