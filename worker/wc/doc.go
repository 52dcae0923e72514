// Package wc counts lines, words, characters, bytes and the widest line the
// way GNU wc (coreutils 9.1 on glibc 2.36) does, to the last digit, in a form
// that can be cut: the input may arrive in pieces of any size, and a file may
// be counted in ranges by several processes.
//
// # What is counted
//
// A line is a newline character. A byte is a byte.
//
// A character is, in the C locale, a byte; in a UTF-8 locale, a sequence that
// glibc's mbrtowc accepts. That is UTF-8 in its original extent: sequences of
// up to six bytes, for values up to 0x7FFFFFFF, without the overlong forms and
// without the surrogates U+D800 to U+DFFF. A byte that begins no such sequence
// is no character, and decoding resumes at the byte after it.
//
// Words and widths look at the class of a character. Space is blank, tab,
// newline, vertical tab, form feed, carriage return, every other printing
// character that iswspace holds for, and the no-break spaces U+00A0, U+2007,
// U+202F and U+2060, unless POSIXLY_CORRECT is in force. Every other printing
// character is part of a word. The rest, which is controls, unassigned code
// points and bytes that are no character, neither begins a word nor ends one:
// "a\x01b" is one word and "\x01" is none. U+0085, U+2028 and U+2029 are of this
// kind, as glibc does not call them printing. A word is counted where its first
// printing character stands.
//
// The width of a line is the number of terminal columns it takes: a printing
// character takes wcwidth columns (0, 1 or 2), a tab goes on to the next
// multiple of 8, anything else takes none. Newline, carriage return and form
// feed each go back to column 0. A last line without newline is measured as
// well.
//
// GNU wc runs different loops for different options; the numbers do not depend
// on which, so each count here is defined on its own.
//
// # Why ranges add up
//
// Besides the totals, all that wc carries from one byte to the next is whether
// it is inside a word, the column, and the beginning of a multibyte character.
// After a newline all three have their starting values: newline is a space, so
// the word has ended; it resets the column; and it is no continuation byte, so
// whatever sequence was open before it was invalid, and is not counted, however
// it would have gone on. A range that begins just after a newline is therefore
// counted by a new [Counter] as the whole file's counter would have counted it.
// Lines, words, characters and bytes are sums over the input, and the width is
// a maximum over its lines, which is what [Counts.Add] computes. Nothing needs
// to be known of the bytes before the range.
//
// # How
//
// Whether a character begins at a byte depends only on the few bytes from there
// on: a continuation byte begins none, and a sequence that is valid contains no
// other beginning. So characters are counted at all positions of a vector at
// once, without decoding and without a special case for invalid input.
//
// For words and widths each block of 64 bytes becomes a few bit masks, one bit
// for each byte (see masks). Where a word begins is then a matter of a 64-bit
// addition: the carry is the state "in a word", which printing bytes generate,
// spaces kill, and all others propagate. Most multibyte characters are placed in
// the masks by boxes, sets of characters that are tested for by the nibbles of
// their bytes, a vector at a time; the others are looked up one by one. Where
// blocks are ASCII and only lines and words are asked for, no masks are stored:
// one loop does it all.
//
// The masks and the characters are computed with AVX2 where there is any, else
// (and with the build tag noasm) with 64-bit words.
package wc
