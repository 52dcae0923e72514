package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

func (p *parser) warn(s string) { p.warnings = append(p.warnings, s) }

// warnStart warns about a repetition of nothing.
func (p *parser) warnStart(t token) {
	what := "{...}"
	if t.kind != kindBrace {
		what = string(t.char)
	}
	p.warn(what + " at start of expression")
}

// warnStray warns about a backslash before an ordinary character that needs none.
func (p *parser) warnStray(t token) {
	const unneeded = `\^$*.[]}`
	if !t.escaped || t.char < utf8.RuneSelf && strings.ContainsRune(unneeded, t.char) {
		return
	}
	if p.Language == Extended && t.char < utf8.RuneSelf && operators[t.char] != kindEnd {
		return
	}
	switch {
	case !p.isPrint(t):
		p.warn(`stray \ before unprintable character`)
	case glibc.Space.Has(t.char):
		p.warn(`stray \ before white space`)
	default:
		p.warn(`stray \ before ` + string(t.char))
	}
}

func (p *parser) isPrint(t token) bool {
	return (t.char < utf8.RuneSelf || p.UTF8 && !t.invalid) && glibc.Print.Has(t.char)
}
