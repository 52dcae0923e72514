package syntax

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
	"github.com/linefork/linefork/internal/peer"
)

// grep runs GNU grep and returns what it prints and says.
func grep(t *testing.T, path string, o Options, args ...string) (out []byte, said string) {
	t.Helper()
	cmd := exec.Command(path, args...)
	locale := "LC_ALL=C"
	if o.UTF8 {
		locale = "LC_ALL=C.UTF-8"
	}
	cmd.Env = append(os.Environ(), locale, "DEB_GREP_ENABLE_STRAY_BACKSLASH_WARN=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out, strings.ReplaceAll(stderr.String(), path+": ", "")
}

// TestMessages compares with the real tool if there is one.
func TestMessages(t *testing.T) {
	const unmatched = "Unmatched [, [^, [:, [., or [="
	tests := []struct{ flags, patterns, want string }{
		{"", `\(`, `Unmatched ( or \(`},
		{"", `\(a`, `Unmatched ( or \(`},
		{"", `\)`, `Unmatched ) or \)`},
		{"", `a\(b\)\)`, `Unmatched ) or \)`},
		{"E", "(", `Unmatched ( or \(`},
		{"E", "((a)", `Unmatched ( or \(`},
		{"E", "(+)", `Unmatched ( or \(`},
		{"E", "a)", ""},
		{"E", "(a{)", ""},
		{"", `a\{1`, `Unmatched \{`},
		{"", `a\{`, `Unmatched \{`},
		{"", `a\{x`, `Unmatched \{`},
		{"", `a\{1,`, `Unmatched \{`},
		{"", `a\{1a\}`, `Invalid content of \{\}`},
		{"", `a\{\}`, `Invalid content of \{\}`},
		{"", `a\{2,1\}`, `Invalid content of \{\}`},
		{"", `a\{1,2,3\}`, `Invalid content of \{\}`},
		{"E", "a{2,1}", `Invalid content of \{\}`},
		{"E", "a{}", `Invalid content of \{\}`},
		{"E", "a{1,2,3}", `Invalid content of \{\}`},
		{"E", "a{1", ""},
		{"E", "a{1a}", ""},
		{"", `a\{1000\}`, ""},
		{"", `a\{32768\}`, "Regular expression too big"},
		{"", `a\{1,99999999999999999999\}`, "Regular expression too big"},
		{"E", "a{32768,}", "Regular expression too big"},
		{"", `\1`, "Invalid back reference"},
		{"", `\(a\)\2`, "Invalid back reference"},
		{"", `\(a\1\)`, "Invalid back reference"},
		{"E", `(a)|\1`, "Invalid back reference"},
		{"E", `((a)|b)\2`, ""},
		{"E", `(a)` + "\n" + `\1`, "Invalid back reference"},
		{"", `\`, "Trailing backslash"},
		{"", `a\`, "Trailing backslash"},
		{"E", `a|\`, "Trailing backslash"},
		{"", "[", "Invalid regular expression"},
		{"", "[^", "Invalid regular expression"},
		{"", "[]", unmatched},
		{"", "[a", unmatched},
		{"", "[^]a", unmatched},
		{"", "[a-", unmatched},
		{"", "[[:alpha:", unmatched},
		{"", "[[:alpha:]", unmatched},
		{"", "[[:", unmatched},
		{"", "[[.a", unmatched},
		{"", "[[=a=", unmatched},
		{"", "[[.a.]", unmatched},
		{"", "[b-a]", "Invalid range end"},
		{"", "[a-c-e]", "Invalid range end"},
		{"", "[a---]", "Invalid range end"},
		{"", "[---]", ""},
		{"", "[%---]", ""},
		{"", "[[:alpha:]-z]", "Invalid range end"},
		{"", "[a-[:alpha:]]", "Invalid range end"},
		{"", "[[=a=]-z]", "Invalid range end"},
		{"i", "[Z-a]", "Invalid range end"},
		{"", "[Z-a]", ""},
		{"i", "[_-a]", "Invalid range end"},
		{"", "[[:foo:]]", "Invalid character class name"},
		{"", "[[:ALPHA:]]", "Invalid character class name"},
		{"", "[[.hyphen.]]", "Invalid collation character"},
		{"", "[[.space.]-z]", "Invalid collation character"},
		{"", "[[..]]", "Invalid collation character"},
		{"", "[[=ab=]]", "Invalid collation character"},
		{"", "[:space:]", "character class syntax is [[:space:]], not [:space:]"},
		{"E", "a|[:x:]", "character class syntax is [[:space:]], not [:space:]"},
		{"", "[^:a:]", "character class syntax is [[:space:]], not [:space:]"},
		{"", "[:a-z:]", ""},
		{"", "[:ab-z:]", ""},
		{"", "[::]", ""},
		{"", "[a-[=z=]]", "Invalid range end"},
		{"", "[:a]", ""},
		{"", "[=a=]", ""},
		{"", "[\n]", "Invalid regular expression"},
		{"", "[:a:]\n[b-a]\n\\(", "Invalid range end\nUnmatched ( or \\("},

		{"", `a\d`, `warning: stray \ before d`},
		{"", `\/\a` + "\n" + `.`, "warning: stray \\ before /\nwarning: stray \\ before a"},
		{"", "\\a\nb", ""},
		{"iu", "\\a\nb", ""},
		{"iu", "\\s\\a\nb", `warning: stray \ before a`},
		{"iu", "\\a\ns", `warning: stray \ before a`},
		{"iu", "\\é\nb", `warning: stray \ before é`},
		{"iu", "\\€\nb", ""},
		{"", "\\a\nb*", `warning: stray \ before a`},
		{"", `\ `, `warning: stray \ before white space`},
		{"", "\\\x01", `warning: stray \ before unprintable character`},
		{"", "\\\xff", `warning: stray \ before unprintable character`},
		{"u", `\é`, `warning: stray \ before é`},
		{"u", "\\\u00a0", `warning: stray \ before ` + "\u00a0"},
		{"u", "\\\u3000", `warning: stray \ before white space`},
		{"u", "\\\xff", `warning: stray \ before unprintable character`},
		{"", `\}\]\^\$\*\.\[\\`, ""},
		{"", `\+a`, `warning: stray \ before +`},
		{"", `\{1\}a`, `warning: stray \ before {`},
		{"E", `\+\?\{\}\(\)\|\]`, ""},
		{"E", "*a", "warning: * at start of expression"},
		{"E", "(+a|?b)", "warning: + at start of expression\nwarning: ? at start of expression"},
		{"E", "^*", "warning: * at start of expression"},
		{"E", "a^*", ""},
		{"E", "{1}a", "warning: {...} at start of expression"},
		{"E", "{1a", ""},
		{"E", "{2,1}", ""},
		{"E", "**", "warning: * at start of expression\nwarning: * at start of expression"},
		{"", "*a", ""},
		{"F", `[\`, ""},
	}
	path := ""
	t.Run("grep", func(t *testing.T) {
		path = peer.Grep.Need(t)
	})
	for _, test := range tests {
		o := options(test.flags)
		p, err := Parse(split(test.patterns), o)
		if got := messages(p, err); got != test.want {
			t.Errorf("-%s %q: %q, want %q", test.flags, test.patterns, got, test.want)
		}
		if path == "" {
			continue
		}
		args := []string{"-a" + strings.ReplaceAll(test.flags, "u", ""), "-e", test.patterns, os.DevNull}
		if _, said := grep(t, path, o, args...); strings.TrimSuffix(said, "\n") != test.want {
			t.Errorf("-%s %q: grep says %q, want %q", test.flags, test.patterns, said, test.want)
		}
	}
}

func messages(p *Pattern, err error) string {
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, w := range p.Warnings {
		lines = append(lines, "warning: "+w)
	}
	return strings.Join(lines, "\n")
}

func TestErrorIndex(t *testing.T) {
	_, err := Parse(split("a\n\\(\nb*\n[z-a]"), Options{})
	var indices []int
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		indices = append(indices, e.(*Error).Index)
	}
	if len(indices) != 2 || indices[0] != 1 || indices[1] != 3 {
		t.Errorf("errors of patterns %v, want 1 and 3: %v", indices, err)
	}
	var one *Error
	if _, err := Parse(split("a\n[:a:]"), Options{}); !errors.As(err, &one) || one.Index != 1 {
		t.Errorf("%v, want an error of pattern 1", err)
	}
}

// characters is a file with each character on a line, in order.
type characters struct {
	file  string
	runes []rune
}

func newCharacters(t *testing.T) *characters {
	c := &characters{file: filepath.Join(t.TempDir(), "characters")}
	var data []byte
	for r := rune(1); r <= utf8.MaxRune; r++ {
		if r == '\n' || !utf8.ValidRune(r) {
			continue
		}
		c.runes = append(c.runes, r)
		data = append(utf8.AppendRune(data, r), '\n')
	}
	if err := os.WriteFile(c.file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return c
}

// compare compares what grep selects with the set or literal of a tree.
func (c *characters) compare(t *testing.T, path string, o Options, pattern string) {
	t.Helper()
	p, err := Parse([][]byte{[]byte(pattern)}, o)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-anx", "-e", pattern, c.file}
	if o.FoldCase {
		args[0] += "i"
	}
	out, said := grep(t, path, o, args...)
	if said != "" {
		t.Fatal(said)
	}
	selected := make([]bool, len(c.runes))
	for line := range bytes.Lines(out) {
		number, _, _ := bytes.Cut(line, []byte{':'})
		n, err := strconv.Atoi(string(number))
		if err != nil {
			t.Fatal(err)
		}
		selected[n-1] = true
	}
	n := p.Tree()
	for i, r := range c.runes {
		if got := hasOnly(n, r); got != selected[i] {
			t.Errorf("%q fold %v: U+%04X is %v, want %v", pattern, o.FoldCase, r, got, selected[i])
		}
	}
}

// hasOnly reports whether the tree, of one character, matches the character r.
func hasOnly(n *Node, r rune) bool {
	switch n.Op {
	case OpLiteral:
		return string(n.Literal) == string(r)
	case OpSet:
		return r < utf8.RuneSelf && n.Set.HasByte(byte(r)) || r >= utf8.RuneSelf && n.Set.HasRune(r)
	case OpConcat: // with anchors
		for _, sub := range n.Sub {
			if sub.Op != OpLook {
				return hasOnly(sub, r)
			}
		}
	}
	return false
}

func TestClasses(t *testing.T) {
	path := peer.Grep.Need(t)
	c := newCharacters(t)
	names := []string{"punct"}
	if *exhaustive {
		names = []string{
			"alnum", "alpha", "blank", "cntrl", "digit", "graph",
			"lower", "print", "punct", "space", "upper", "xdigit",
		}
	}
	for _, name := range names {
		for _, fold := range []bool{false, true} {
			c.compare(t, path, Options{UTF8: true, FoldCase: fold}, "[[:"+name+":]]")
		}
	}
	c.compare(t, path, Options{UTF8: true, FoldCase: true}, `\w`)
	c.compare(t, path, Options{UTF8: true}, `\S`)
	c.compare(t, path, Options{UTF8: true}, ".")
}

// TestFold compares what matches a letter under -i, according to both readers.
func TestFold(t *testing.T) {
	path := peer.Grep.Need(t)
	all := newCharacters(t)
	cased := &characters{file: all.file}
	var data []byte
	for _, r := range all.runes {
		if glibc.ToUpper(r) != r || glibc.ToLower(r) != r {
			cased.runes = append(cased.runes, r)
			data = append(utf8.AppendRune(data, r), '\n')
		}
	}
	if err := os.WriteFile(cased.file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	o := Options{UTF8: true, FoldCase: true}
	for i, r := range cased.runes {
		if *exhaustive || i%97 == 0 {
			cased.compare(t, path, o, string(r))
			cased.compare(t, path, o, "["+string(r)+"[=!=]]") // which is for glibc
		}
	}
}
