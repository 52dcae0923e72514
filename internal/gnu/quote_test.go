package gnu

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/glibc"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/peer"
)

func TestQuote(t *testing.T) {
	tests := []struct {
		name string
		c    string
		utf8 string
	}{
		{"", `''`, `''`},
		{"a", `a`, `a`},
		{"-a", `-a`, `-a`},
		{"dir/a.csv", `dir/a.csv`, `dir/a.csv`},
		{"a b", `'a b'`, `'a b'`},
		{"a:b", `'a:b'`, `'a:b'`},
		{"it's", `"it's"`, `"it's"`},
		{"it's:", `"it's:"`, `"it's:"`},
		{"it's $x", `'it'\''s $x'`, `'it'\''s $x'`},
		{"it's#", `'it'\''s#'`, `'it'\''s#'`},
		{"#'", `"#'"`, `"#'"`},
		{"{", `'{'`, `'{'`},
		{"{}", `{}`, `{}`},
		{"~a", `'~a'`, `'~a'`},
		{"a~", `a~`, `a~`},
		{`a\b`, `'a\b'`, `'a\b'`},
		{"a\nb", `'a'$'\n''b'`, `'a'$'\n''b'`},
		{"\x01\x02x", `''$'\001\002''x'`, `''$'\001\002''x'`},
		{"\a\b\t\n\v\f\r\x1b", `''$'\a\b\t\n\v\f\r\033'`, `''$'\a\b\t\n\v\f\r\033'`},
		{"é", `''$'\303\251'`, `é`},
		{"é \xff", `''$'\303\251'' '$'\377'`, `'é '$'\377'`},
		{"a\xe2\x82", `'a'$'\342\202'`, `'a'$'\342\202'`},
		{"\u2028", `''$'\342\200\250'`, `''$'\342\200\250'`},
		{"\ufffd", `''$'\357\277\275'`, "\ufffd"},
		{"it's é", `'''it'\''s '$'\303\251'`, `"it's é"`},
		{"\t'\t", `'\t'\'''$'\t'`, `'\t'\'''$'\t'`},
	}
	for _, test := range tests {
		if got := Quote(test.name, locale.C); got != test.c {
			t.Errorf("Quote(%q, C) = %s, want %s", test.name, got, test.c)
		}
		if got := Quote(test.name, locale.UTF8); got != test.utf8 {
			t.Errorf("Quote(%q, UTF8) = %s, want %s", test.name, got, test.utf8)
		}
	}
	if got := QuoteAlways("a", locale.C); got != "'a'" {
		t.Errorf("QuoteAlways(a) = %s, want 'a'", got)
	}
}

// TestQuoteWC compares with wc's messages about missing files.
func TestQuoteWC(t *testing.T) {
	wc := peer.WC.Need(t)
	// known are characters that all versions of Unicode agree on.
	known := &unicode.RangeTable{R16: []unicode.Range16{
		{Lo: 0x80, Hi: 0x377, Stride: 1}, {Lo: 0x2000, Hi: 0x2063, Stride: 1},
		{Lo: 0xe000, Hi: 0xe0ff, Stride: 1},
	}}
	part := rapid.OneOf(
		rapid.SampledFrom([]string{
			"'", "\"", " ", "\t", "\n", "\x01", "\x7f", "é", "\u00a0", "\u0085", "\ufffd",
			"\U0001f600", "\xe2\x82", "\xf0\x9f", string([]byte{0xff}), "it's", "a", "0", ":",
		}),
		rapid.StringMatching(`[ -~]`),
		rapid.Custom(func(t *rapid.T) string {
			return string([]byte{rapid.Byte().Draw(t, "byte")})
		}),
		rapid.Custom(func(t *rapid.T) string {
			return string(rapid.RuneFrom(nil, known).Draw(t, "rune"))
		}),
	)
	plain := rapid.StringOfN(rapid.RuneFrom([]rune("abc'")), 100, 400, -1)
	name := rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(part, 1, 8).Draw(t, "parts"), "")
		if rapid.IntRange(0, 9).Draw(t, "long") == 0 {
			s += plain.Draw(t, "rest")
		}
		s = strings.NewReplacer("\x00", "", "/", "").Replace(s)
		return "x"[:rapid.IntRange(0, 1).Draw(t, "x")] + s
	}).Filter(func(s string) bool { return s != "" && s != "-" && s != "." && s != ".." })

	for l, localeName := range localeNames {
		t.Run(localeName, func(t *testing.T) {
			skipWithout(t, l)
			dir := t.TempDir()
			rapid.Check(t, func(t *rapid.T) {
				names := rapid.SliceOfN(name, 20, 20).Draw(t, "names")
				var want bytes.Buffer
				for _, name := range names {
					_, err := os.Stat(filepath.Join(dir, name))
					want.WriteString("wc: " + Quote(name, l) + ": " + Reason(err) + "\n")
				}
				cmd := wcCommand(wc, dir, l, append([]string{"-l", "--"}, names...)...)
				var got bytes.Buffer
				cmd.Stderr = &got
				if err := cmd.Run(); err == nil {
					t.Fatal("wc found all files")
				}
				gotLines := strings.Split(got.String(), "\n")
				wantLines := strings.Split(want.String(), "\n")
				for i, line := range gotLines {
					if i >= len(wantLines) || line != wantLines[i] {
						t.Fatalf("name %q:\ngot  %s\nfrom wc %s", names[i], wantLines[i], line)
					}
				}

				one := names[0]
				cmd = wcCommand(wc, dir, l, "--files0-from="+one)
				got.Reset()
				cmd.Stderr = &got
				if err := cmd.Run(); err == nil {
					t.Fatal("wc opened the list")
				}
				_, err := os.Stat(filepath.Join(dir, one))
				line := "wc: cannot open " + QuoteAlways(one, l) + " for reading: " +
					Reason(err) + "\n"
				if got.String() != line {
					t.Fatalf("list %q:\ngot  %s\nfrom wc %s", one, line, &got)
				}
			})
		})
	}
}

// TestPrintable compares with what wc considers printable in UTF-8. The versions of Unicode may
// differ, but then one of them includes the other.
func TestPrintable(t *testing.T) {
	wc := peer.WC.Need(t)
	skipWithout(t, locale.UTF8)
	var less, more []rune
	dir := t.TempDir()
	const batch = 50000
	for first := rune(0x80); first <= utf8.MaxRune; first += batch {
		args := []string{"-l", "--"}
		var runes []rune
		for r := first; r < first+batch && r <= utf8.MaxRune; r++ {
			// Of empty and private planes, a few are enough.
			if utf8.ValidRune(r) && (r < 0x34000 || r&0xf000 == 0) {
				runes = append(runes, r)
				args = append(args, string(r))
			}
		}
		cmd := wcCommand(wc, dir, locale.UTF8, args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		_ = cmd.Run() // no file exists
		for _, r := range runes {
			line, err := stderr.ReadString('\n')
			if err != nil {
				t.Fatalf("no message about %U", r)
			}
			switch shown := strings.HasPrefix(line, "wc: "+string(r)+": "); {
			case shown && !glibc.Print.Has(r):
				less = append(less, r)
			case !shown && glibc.Print.Has(r):
				more = append(more, r)
			}
		}
	}
	if len(less) > 0 && len(more) > 0 {
		t.Errorf("wrongly printable: %U... (%d)\nwrongly unprintable: %U... (%d)",
			more[0], len(more), less[0], len(less))
	}
	const newCharacters = 16000 // in some years
	if n := len(less) + len(more); n > newCharacters {
		t.Errorf("%d characters differ", n)
	}
}

func TestVisible(t *testing.T) {
	for message, want := range map[string]string{
		"":                          "",
		"plain":                     "plain",
		"two\nlines é \xff\xa0":     "two\nlines é \xff\xa0",
		"\x1b[31m red":              `\033[31m red`,
		"bell\a tab\t":              `bell\a tab\t`,
		"\x7f\x9b8m\u009b8m\x00":    `\177\2338m\302\2338m\000`,
		"as it is \\033 \u2028\xc2": "as it is \\033 \u2028\xc2",
	} {
		if got := Visible(message); got != want {
			t.Errorf("%q: %q; want %q", message, got, want)
		}
	}
}
