package gnu

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
	"github.com/linefork/linefork/internal/locale"
)

// Quote returns a file name as wc shows it before a colon: as it is if a shell would read it as one
// word, else quoted for a shell.
func Quote(name string, l locale.Locale) string {
	if !needsQuotes(name, l) {
		return name
	}
	return QuoteAlways(name, l)
}

// QuoteAlways returns a file name quoted for a shell.
func QuoteAlways(name string, l locale.Locale) string {
	if strings.Contains(name, "'") {
		if fitsDoubleQuotes(name, l) {
			return `"` + name + `"`
		}
	}
	return singleQuote(name, l)
}

const (
	// shellSpecial are special anywhere in a word.
	shellSpecial = "!\"$&()*;<=>?[\\^`|"

	// shellLeading are special only at the start of a word.
	shellLeading = "#~"

	// shellAlone are special only as a word of their own.
	shellAlone = "{}"
)

func needsQuotes(name string, l locale.Locale) bool {
	if name == "" || name == "{" || name == "}" ||
		strings.ContainsRune(shellLeading, rune(name[0])) {
		return true
	}
	// The colon separates the name from the rest of the message.
	if strings.ContainsAny(name, shellSpecial+" ':") {
		return true
	}
	for _, shown := range characters(name, l) {
		if !shown {
			return true
		}
	}
	return false
}

// fitsDoubleQuotes reports whether name needs no escapes within double quotes. Like wc, it is
// needlessly wary of characters that are special elsewhere in a word.
func fitsDoubleQuotes(name string, l locale.Locale) bool {
	if strings.ContainsAny(name, shellSpecial+shellAlone) ||
		strings.ContainsAny(name[1:], shellLeading) {
		return false
	}
	for _, shown := range characters(name, l) {
		if !shown {
			return false
		}
	}
	return true
}

// singleQuote puts name between single quotes, with \' for single quotes and $'...' around escapes.
func singleQuote(name string, l locale.Locale) string {
	var b strings.Builder
	b.WriteByte('\'')
	escaping := false // inside $'...'

	// wc passes over a name with a single quote twice, and starts the second pass in the state in
	// which it ended the first. A shell does not read the result as the name, but it is what wc
	// prints.
	if strings.Contains(name, "'") {
		for _, shown := range characters(name, l) {
			escaping = !shown
		}
	}
	for char, shown := range characters(name, l) {
		switch {
		case char == "'":
			b.WriteString(`'\''`)
			escaping = false
		case shown:
			if escaping {
				b.WriteString("''")
				escaping = false
			}
			b.WriteString(char)
		default:
			if !escaping {
				b.WriteString("'$'")
				escaping = true
			}
			for i := range len(char) {
				writeEscape(&b, char[i])
			}
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func writeEscape(b *strings.Builder, c byte) {
	const letters = "abtnvfr" // for 7 to 13
	if '\a' <= c && c <= '\r' {
		b.WriteByte('\\')
		b.WriteByte(letters[c-'\a'])
		return
	}
	fmt.Fprintf(b, `\%03o`, c)
}

// Visible returns a message as it may be shown on a terminal: control characters, which can come with
// names from outside, are escaped as in a quoted file name, in any locale. Line feeds stay, since they
// end lines, and so do bytes that are no character.
func Visible(message string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(message); {
		r, n := utf8.DecodeRuneInString(message[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(message[i])
		}
		if r != '\n' && unicode.IsControl(r) {
			b.WriteString(message[done:i])
			for _, c := range []byte(message[i : i+n]) {
				writeEscape(&b, c)
			}
			done = i + n
		}
		i += n
	}
	if done == 0 {
		return message
	}
	b.WriteString(message[done:])
	return b.String()
}

// characters yields the characters of s, and whether each is printable. Invalid bytes are
// characters of one byte.
func characters(s string, l locale.Locale) func(yield func(char string, shown bool) bool) {
	return func(yield func(string, bool) bool) {
		for s != "" {
			r, n := rune(s[0]), 1
			if r >= utf8.RuneSelf {
				r = utf8.RuneError
				if l == locale.UTF8 {
					r, n = utf8.DecodeRuneInString(s)
				}
			}
			shown := glibc.Print.Has(r) && (r != utf8.RuneError || n > 1)
			if !yield(s[:n], shown) {
				return
			}
			s = s[n:]
		}
	}
}
