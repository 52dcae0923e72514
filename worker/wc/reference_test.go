package wc

import (
	"github.com/linefork/linefork/internal/glibc"
	"github.com/linefork/linefork/internal/locale"
)

// reference counts b one byte or character at a time, and shares nothing with the fast code but the
// C library's tables. It defines what is right.
func reference(b []byte, loc locale.Locale, posixly bool) Counts {
	var n Counts
	n.Bytes = int64(len(b))
	inWord := false
	column := int64(0)
	for len(b) > 0 {
		char, size := rune(b[0]), 1
		if loc == locale.UTF8 {
			char, size = referenceDecode(b)
		}
		if size == 0 {
			b = b[1:]
			continue
		}
		b = b[size:]
		n.Chars++
		separates := false
		switch char {
		case '\n', '\r', '\f':
			if char == '\n' {
				n.Lines++
			}
			n.MaxWidth = max(n.MaxWidth, column)
			column = 0
			separates = true
		case '\t':
			column = (column/8 + 1) * 8
			separates = true
		case '\v':
			separates = true
		default:
			if loc == locale.C && char > 0x7F {
				break
			}
			k := referenceClass(char)
			column += int64(k & columns)
			switch {
			case k&kind == 0:
			case k&kind == space, k&kind == noBreak && !posixly:
				separates = true
			default:
				if !inWord {
					n.Words++
				}
				inWord = true
			}
		}
		if separates {
			inWord = false
		}
	}
	n.MaxWidth = max(n.MaxWidth, column)
	return n
}

// referenceClass asks the C library's tables.
func referenceClass(c rune) class {
	if !glibc.Print.Has(c) {
		return 0
	}
	k := word
	switch {
	case glibc.Space.Has(c):
		k = space
	case c == '\u00a0' || c == '\u2007' || c == '\u202f' || c == '\u2060':
		k = noBreak
	}
	switch {
	case glibc.ZeroWidth.Has(c):
		return k
	case glibc.DoubleWidth.Has(c):
		return k | 2
	}
	return k | 1
}

// referenceDecode returns the character that b starts with, or size 0.
func referenceDecode(b []byte) (char rune, size int) {
	lead := b[0]
	if lead < 0x80 {
		return rune(lead), 1
	}
	for size < 8 && lead<<size&0x80 != 0 {
		size++
	}
	if size < 2 || size > 6 || len(b) < size {
		return 0, 0
	}
	char = rune(lead) & (1<<(7-size) - 1)
	for _, c := range b[1:size] {
		if c < 0x80 || c > 0xBF {
			return 0, 0
		}
		char = char<<6 | rune(c)&0x3F
	}
	least := []rune{2: 0x80, 3: 0x800, 4: 0x10000, 5: 0x200000, 6: 0x4000000}
	if char < least[size] || 0xD800 <= char && char <= 0xDFFF {
		return 0, 0
	}
	return char, size
}
