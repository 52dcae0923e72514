// Package glibc holds the character tables of the C library: classes, widths and case mappings of
// glibc 2.36 in the locale C.UTF-8. The other UTF-8 locales agree, except for the case of a few
// letters, as in Turkish.
//
// GNU's tools ask the C library, so linefork must give the same answers. Package unicode gives
// others: it follows another version of Unicode, and in glibc, for example, no-break spaces are
// punctuation and digits beyond ASCII are letters.
//
// The tables are static data: nothing is computed when a program starts. In the C locale only ASCII
// characters have classes; for these, every table holds what POSIX demands.
package glibc

import "slices"

//go:generate sh -c "cd _generate && cc -O1 -o table table.c && LC_ALL=C.UTF-8 ./table >../table.go; rm -f table"

// Class is the characters of a class, in order. The classes have the names of POSIX. ZeroWidth and
// DoubleWidth are the printable characters that take no column of a terminal, or two.
type Class []Range

// Range is the characters from Lo to Hi, both included.
type Range struct{ Lo, Hi rune }

// Named returns the class with a POSIX name, as in [:alpha:].
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

// Has reports whether r is in the class.
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
