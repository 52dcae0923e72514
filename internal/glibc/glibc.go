// Package glibc holds what the C library says of characters: their classes,
// widths and cases, as of glibc 2.36 in the locale C.UTF-8. Its other UTF-8
// locales agree but for the case of a few letters, in Turkish say.
//
// GNU's tools ask the C library, so linefork has to give its answers. Those of
// package unicode are others: it knows other versions of Unicode, and to glibc
// no-break spaces are punctuation, say, and digits beyond ASCII are letters.
//
// The tables are static data: nothing is computed at the start of a program. In
// the C locale only ASCII has classes, of which every table holds what POSIX
// demands.
package glibc

import "slices"

//go:generate sh -c "cd _generate && cc -O1 -o table table.c && LC_ALL=C.UTF-8 ./table >../table.go; rm -f table"

// Class is the characters of a class, in order. The names of the classes are
// those of POSIX; ZeroWidth and DoubleWidth are the printing characters that take
// no column of a terminal, or two.
type Class []Range

// Range is the characters from Lo to Hi, both included.
type Range struct{ Lo, Hi rune }

// Named returns the class of a POSIX name, as in [:alpha:].
func Named(name string) (c Class, ok bool) {
	switch name {
	case "alnum":
		return Alnum, true
	case "alpha":
		return Alpha, true
	case "blank":
		return Blank, true
	case "cntrl":
		return Cntrl, true
	case "digit":
		return Digit, true
	case "graph":
		return Graph, true
	case "lower":
		return Lower, true
	case "print":
		return Print, true
	case "punct":
		return Punct, true
	case "space":
		return Space, true
	case "upper":
		return Upper, true
	case "xdigit":
		return Xdigit, true
	}
	return nil, false
}

// Has reports whether r is of the class.
func (c Class) Has(r rune) bool {
	_, found := slices.BinarySearchFunc(c, r, func(in Range, r rune) int {
		switch {
		case in.Hi < r:
			return -1
		case in.Lo > r:
			return 1
		}
		return 0
	})
	return found
}
