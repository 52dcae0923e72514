package syntax

import (
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

// lonely are the lower-case letters that are not the lower case of their own upper case but still
// match it under -i, as GNU grep lists them.
var lonely = [...]struct{ lower, upper rune }{
	{0x00b5, 0x039c}, {0x0131, 0x0049}, {0x017f, 0x0053}, {0x01c5, 0x01c4},
	{0x01c8, 0x01c7}, {0x01cb, 0x01ca}, {0x01f2, 0x01f1}, {0x0345, 0x0399},
	{0x03c2, 0x03a3}, {0x03d0, 0x0392}, {0x03d1, 0x0398}, {0x03d5, 0x03a6},
	{0x03d6, 0x03a0}, {0x03f0, 0x039a}, {0x03f1, 0x03a1}, {0x03f2, 0x03f9},
	{0x03f5, 0x0395}, {0x1e9b, 0x1e60}, {0x1fbe, 0x0399},
}

// addFolded adds what the character r of a pattern matches under -i.
func (s *setBuilder) addFolded(r rune) {
	s.add(r, r)
	if r >= utf8.RuneSelf && !s.utf8 {
		return
	}
	upper := glibc.ToUpper(r)
	s.add(upper, upper)
	if lower := glibc.ToLower(upper); glibc.ToUpper(lower) == upper {
		s.add(lower, lower)
	}
	if !s.utf8 {
		return
	}
	for _, l := range lonely {
		if l.upper == upper {
			s.add(l.lower, l.lower)
		}
	}
}

// foldsByBytes reports whether no byte of b is of a character that has others beside it under -i,
// unless all of these are ASCII.
func foldsByBytes(b []byte, isUTF8 bool) bool {
	for len(b) > 0 {
		r, size := rune(b[0]), 1
		if isUTF8 {
			r, size = utf8.DecodeRune(b)
		}
		b = b[size:]
		s := setBuilder{utf8: isUTF8}
		s.addFolded(r)
		s.normalize()
		isAlone := len(s.runes) == 1 && s.runes[0].Lo == s.runes[0].Hi
		if len(s.runes) > 0 && (r < utf8.RuneSelf || !isAlone) {
			return false
		}
	}
	return true
}

// foldUppers turns a set of upper-case characters, which must be in order, into the set of all
// characters whose upper case is in it.
func (s *setBuilder) foldUppers() {
	old := *s
	s.runes = nil
	has := func(r rune) bool {
		if r < utf8.RuneSelf || !s.utf8 {
			return old.set.HasByte(byte(r))
		}
		return glibc.Class(old.runes).Has(r)
	}
	for b := range byte(utf8.RuneSelf) {
		s.set.Bytes[b/64] &^= 1 << (b % 64)
		if has(glibc.ToUpper(rune(b))) {
			s.set.AddByte(b)
		}
	}
	if !s.utf8 {
		return
	}
	var moved []RuneRange
	for r, upper := range glibc.Uppers() {
		if r < utf8.RuneSelf {
			continue
		}
		moved = append(moved, RuneRange{Lo: r, Hi: r})
		if has(upper) {
			s.runes = append(s.runes, RuneRange{Lo: r, Hi: r})
		}
	}
	all := setBuilder{runes: moved}
	all.normalize()
	s.runes = append(s.runes, subtract(old.runes, all.runes)...)
	s.normalize()
}

// FoldedPrefix returns the length of the prefix of line that equals s except for case, or -1: a
// back-reference under -i. Characters are equal if their upper case is.
func FoldedPrefix(line, s []byte, isUTF8 bool) int {
	size := 0
	for len(s) > 0 {
		if size == len(line) {
			return -1
		}
		r1, n1 := upperAt(s, isUTF8)
		r2, n2 := upperAt(line[size:], isUTF8)
		if r1 != r2 {
			return -1
		}
		s = s[n1:]
		size += n2
	}
	return size
}

// upperAt returns the upper case of the first character. A byte b that is not part of one becomes
// -b.
func upperAt(s []byte, isUTF8 bool) (r rune, size int) {
	r = rune(s[0])
	if r < utf8.RuneSelf {
		return glibc.ToUpper(r), 1
	}
	if !isUTF8 {
		return r, 1
	}
	decoded, size := utf8.DecodeRune(s)
	if size == 1 {
		return -r, 1
	}
	return glibc.ToUpper(decoded), size
}

// AppendFolded appends a character such that the same is appended for all that equal it except for
// case.
func AppendFolded(b, character []byte, isUTF8 bool) []byte {
	switch r, size := upperAt(character, isUTF8); {
	case r < 0:
		return append(b, character...)
	case size == 1:
		return append(b, byte(r))
	default:
		return utf8.AppendRune(b, r)
	}
}
