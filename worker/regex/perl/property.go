package perl

import (
	"strings"
	"unicode"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// property reads what follows \p, or \P if negate, and adds it to b.
func (p *parser) property(b *builder, negate bool) {
	if !p.more() {
		fail(errPropertySyntax)
	}
	c := p.src[p.pos]
	p.pos++
	name := strings.ToLower(string(rune(c)))
	switch {
	case c == '{':
		if p.take("^") {
			negate = !negate
		}
		name = p.propertyName()
	case !isLetter(rune(c)):
		fail(errPropertySyntax)
	}
	b.addAll(propertyRanges(name), negate)
}

// propertyName reads up to a closing brace, and returns the name in lower case and without hyphens,
// underscores and blanks.
func (p *parser) propertyName() string {
	var name []byte
	for p.more() && len(name) < 49 {
		c := p.src[p.pos]
		p.pos++
		switch {
		case c == '}':
			return string(name)
		case c == '_' || c == '-' || c == ' ' || '\t' <= c && c <= '\r':
		case c == 0:
			fail(errPropertySyntax)
		case 'A' <= c && c <= 'Z':
			name = append(name, c|0x20)
		default:
			name = append(name, c)
		}
	}
	fail(errPropertySyntax)
	return ""
}

// propertyRanges finds a property by its name: a general category, one of PCRE2's own, a script or
// a binary property.
func propertyRanges(name string) []syntax.RuneRange {
	kind, value, qualified := strings.Cut(name, ":")
	if !qualified {
		kind, value, qualified = strings.Cut(name, "=")
	}
	if qualified {
		switch kind {
		case "script", "sc", "scriptextensions", "scx":
			if t := find(unicode.Scripts, value); t != nil {
				return tables(t)
			}
		case "bidiclass", "bc":
			fail(errPropertyMissing)
		}
		fail(errPropertyName)
	}
	switch name {
	case "any":
		return ranges(0, unicode.MaxRune)
	case "ascii":
		return ranges(0, 0x7f)
	case "l&", "lc":
		return tables(unicode.Lu, unicode.Ll, unicode.Lt)
	case "xan":
		return tables(unicode.L, unicode.N)
	case "xsp", "xps":
		return append(tables(unicode.Z), ranges('\t', '\r', 0x85, 0x85, 0x180e, 0x180e)...)
	case "xwd":
		return append(tables(unicode.L, unicode.N), ranges('_', '_')...)
	case "xuc":
		return ranges('$', '$', '@', '@', '`', '`', 0xa0, 0xd7ff, 0xe000, unicode.MaxRune)
	case "cn", "c":
		assigned := normalize(tables(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z,
			unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs))
		out := complement(assigned, unicode.MaxRune)
		if name == "c" {
			out = append(out, tables(unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)...)
		}
		return out
	case "alphabetic", "alpha":
		return tables(unicode.L, unicode.Nl, unicode.Other_Alphabetic)
	case "lowercase", "lower":
		return tables(unicode.Ll, unicode.Other_Lowercase)
	case "uppercase", "upper":
		return tables(unicode.Lu, unicode.Other_Uppercase)
	case "math":
		return tables(unicode.Sm, unicode.Other_Math)
	}
	for _, all := range []map[string]*unicode.RangeTable{
		unicode.Categories, unicode.Scripts, unicode.Properties,
	} {
		if t := find(all, name); t != nil {
			return tables(t)
		}
	}
	fail(errPropertyName)
	return nil
}

// find looks up a name that is in lower case and has no underscores.
func find(all map[string]*unicode.RangeTable, name string) *unicode.RangeTable {
	for key, t := range all {
		if strings.EqualFold(strings.ReplaceAll(key, "_", ""), name) {
			return t
		}
	}
	return nil
}

// tables returns the runes of all tables together.
func tables(all ...*unicode.RangeTable) []syntax.RuneRange {
	var out []syntax.RuneRange
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			out = append(out, syntax.RuneRange{Lo: lo, Hi: hi})
			return
		}
		for r := lo; r <= hi; r += stride {
			out = append(out, syntax.RuneRange{Lo: r, Hi: r})
		}
	}
	for _, t := range all {
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return out
}

// unicodeEscape returns what \d, \s and \w stand for under (*UCP).
func unicodeEscape(c byte) []syntax.RuneRange {
	switch c {
	case 'd':
		return tables(unicode.Nd)
	case 's':
		return propertyRanges("xsp")
	default: // 'w'
		return propertyRanges("xwd")
	}
}

// unicodePOSIX returns what [:name:] stands for under (*UCP), or nil if that is the same as
// without.
func unicodePOSIX(name string) []syntax.RuneRange {
	switch name {
	case "alpha":
		return tables(unicode.L)
	case "lower":
		return tables(unicode.Ll)
	case "upper":
		return tables(unicode.Lu)
	case "alnum":
		return propertyRanges("xan")
	case "blank":
		return escapeRanges('h')
	case "cntrl":
		return tables(unicode.Cc)
	case "digit":
		return tables(unicode.Nd)
	case "space":
		return propertyRanges("xps")
	case "word":
		return propertyRanges("xwd")
	case "graph", "print", "punct":
		fail(errPropertyMissing)
	}
	return nil
}
