package walk

import (
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

// glob is a pattern with wildcards, as for fnmatch of the C library: * and ? match slashes and
// leading dots, a backslash quotes.
//
// In UTF-8, the C library matches characters first and then bytes, so that ?? matches a character
// of two bytes. A name or pattern that is not valid UTF-8 is matched only as bytes.
type glob struct {
	chars []token // nil if only bytes are matched
	bytes []token
}

// token matches one character, or any number of them.
type token struct {
	kind    tokenKind
	char    rune
	negated bool
	items   []item // of a bracket
	barren  int    // a character in one of so many items does not match
}

type tokenKind uint8

const (
	oneChar tokenKind = iota
	anyChar
	anyString
	bracket
	nothing // a backslash at the end: the pattern matches nothing
)

// item is a range of characters, or a class, in a bracket.
type item struct {
	lo, hi rune
	class  glibc.Class
	ascii  bool // bytes beyond ASCII are in no class
	wrong  bool // no such character or class: matching ends here, without a match
}

func (i *item) has(r rune) bool {
	if i.class == nil {
		return i.lo <= r && r <= i.hi
	}
	return (!i.ascii || r < utf8.RuneSelf) && i.class.Has(r)
}

func compileGlob(pattern string, utf bool) *glob {
	g := &glob{bytes: newTokens(pattern, false)}
	if utf && utf8.ValidString(pattern) {
		g.chars = newTokens(pattern, true)
	}
	return g
}

func (g *glob) match(name string) bool {
	if g.chars != nil && utf8.ValidString(name) && matchTokens(g.chars, name, true) {
		return true
	}
	return matchTokens(g.bytes, name, false)
}

// next reads a character or a byte of s, which is not empty.
func next(s string, utf bool) (r rune, rest string) {
	if !utf || s[0] < utf8.RuneSelf {
		return rune(s[0]), s[1:]
	}
	r, n := utf8.DecodeRuneInString(s)
	return r, s[n:]
}

func newTokens(pattern string, utf bool) []token {
	tokens := []token{}
	for pattern != "" {
		var r rune
		r, pattern = next(pattern, utf)
		t := token{char: r}
		switch r {
		case '?':
			t.kind = anyChar
		case '*':
			t.kind = anyString
		case '[':
			if b, rest, ok := newBracket(pattern, utf); ok {
				t, pattern = b, rest
			}
		case '\\':
			if pattern == "" {
				t.kind = nothing
				break
			}
			t.char, pattern = next(pattern, utf)
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// newBracket parses a bracket, given without its "[". It is not ok if the bracket has no end; then
// the "[" stands for itself.
func newBracket(s string, utf bool) (t token, rest string, ok bool) {
	t.kind = bracket
	if !strings.Contains(s, "]") && !strings.Contains(s, "[.") {
		return token{}, "", false // or a row of "[" takes quadratic time
	}
	if s != "" && (s[0] == '!' || s[0] == '^') {
		t.negated = true
		s = s[1:]
	}
	for first := true; ; first = false {
		if s == "" {
			return token{}, "", false
		}
		if s[0] == ']' && !first {
			return t, s[1:], true
		}
		if name, after, ok := named(s, ':'); ok && isClassName(name) {
			class, ok := glibc.Named(name)
			t.items = append(t.items, item{class: class, ascii: !utf, wrong: !ok})
			s = after
			continue
		}
		if r, after, ok := equivalent(s, utf); ok {
			t.items = append(t.items, item{lo: r, hi: r})
			s = after
			continue
		}
		// Errors of the pattern count only if the C library gets there before a match.
		switch _, _, ok := named(s, '.'); {
		case strings.HasPrefix(s, "[.") && !ok:
			return token{kind: nothing}, "", true
		case strings.HasPrefix(s, "[="):
			t.barren = len(t.items)
		}
		i := item{}
		i.lo, s, i.wrong = bound(s, utf)
		i.hi = i.lo
		if len(s) >= 2 && s[0] == '-' && s[1] != ']' {
			var wrong bool
			i.hi, s, wrong = bound(s[1:], utf)
			i.wrong = i.wrong || wrong
		}
		t.items = append(t.items, i)
	}
}

// bound parses one end of a range: a character, which may be quoted, or [.c.].
func bound(s string, utf bool) (r rune, rest string, wrong bool) {
	if name, after, ok := named(s, '.'); ok {
		r, ok := onlyChar(name, utf)
		return r, after, !ok
	}
	if s[0] == '\\' {
		s = s[1:]
	}
	if s == "" {
		return 0, "", true
	}
	r, rest = next(s, utf)
	return r, rest, false
}

// onlyChar returns the character that s consists of.
func onlyChar(s string, utf bool) (rune, bool) {
	if s == "" {
		return 0, false
	}
	r, rest := next(s, utf)
	return r, rest == ""
}

// isClassName reports whether name could be the name of a class. The C library does not allow a z.
func isClassName(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return r < 'a' || r >= 'z' }) < 0
}

// equivalent parses [=c=].
func equivalent(s string, utf bool) (r rune, rest string, ok bool) {
	if len(s) < 3 || s[:2] != "[=" {
		return 0, "", false
	}
	r, s = next(s[2:], utf)
	rest, ok = strings.CutPrefix(s, "=]")
	return r, rest, ok
}

// named parses [:name:] or [.name.].
func named(s string, mark byte) (name, rest string, ok bool) {
	if len(s) < 2 || s[0] != '[' || s[1] != mark {
		return "", "", false
	}
	return strings.Cut(s[2:], string([]byte{mark, ']'}))
}

func matchTokens(tokens []token, name string, utf bool) bool {
	// After a mismatch, the last star matches one more character.
	var starTokens []token
	var starName string
	for {
		switch {
		case len(tokens) > 0 && tokens[0].kind == anyString:
			tokens = tokens[1:]
			starTokens, starName = tokens, name
			continue
		case len(tokens) == 0 && name == "":
			return true
		case len(tokens) > 0 && name != "":
			if r, rest := next(name, utf); tokens[0].match(r) {
				tokens, name = tokens[1:], rest
				continue
			}
		}
		if starTokens == nil || starName == "" {
			return false
		}
		_, starName = next(starName, utf)
		tokens, name = starTokens, starName
	}
}

func (t *token) match(r rune) bool {
	switch t.kind {
	case oneChar:
		return r == t.char
	case anyChar:
		return true
	case bracket:
		for n, i := range t.items {
			switch {
			case i.wrong:
				return false
			case i.has(r):
				return !t.negated && n >= t.barren
			}
		}
		return t.negated
	}
	return false
}
