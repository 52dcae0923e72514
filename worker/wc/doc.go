// Package wc counts lines, words, characters, bytes and the widest line exactly as GNU wc
// (coreutils 9.1 on glibc 2.36) does, in a form that can be cut: the input may arrive in pieces of
// any size, and a file may be counted in ranges by several processes.
//
// # What is counted
//
// A line is a newline character. A byte is a byte.
//
// A character is a byte in the C locale; in a UTF-8 locale it is a sequence that glibc's mbrtowc
// accepts. That is UTF-8 in its original extent: sequences of up to six bytes, for values up to
// 0x7FFFFFFF, without the overlong forms and without the surrogates U+D800 to U+DFFF. A byte that
// does not start such a sequence is not a character, and decoding resumes at the byte after it.
//
// Words and widths depend on the class of a character. Spaces are blank, tab, newline, vertical
// tab, form feed, carriage return, every other printing character for which iswspace holds, and the
// no-break spaces U+00A0, U+2007, U+202F and U+2060, unless POSIXLY_CORRECT is set. Every other
// printing character is part of a word. The rest, that is controls, unassigned code points and
// bytes that are not characters, neither starts a word nor ends one: "a\x01b" is one word and
// "\x01" is none. U+0085, U+2028 and U+2029 are of this kind, since to glibc they are not printing.
// A word is counted at its first printing character.
//
// The width of a line is the number of terminal columns it takes: a printing character takes
// wcwidth columns (0, 1 or 2), a tab advances to the next multiple of 8, anything else takes none.
// Newline, carriage return and form feed each return to column 0. A last line without newline is
// measured as well.
//
// GNU wc runs different loops for different options; the numbers do not depend on which, so each
// count is defined here on its own.
//
// # Why ranges add up
//
// Besides the totals, all that wc carries from one byte to the next is whether it is inside a word,
// the column, and the start of a multibyte character. After a newline all three have their initial
// values: newline is a space, so the word has ended; it resets the column; and it is not a
// continuation byte, so a sequence that was open before it is invalid and not counted, however it
// would have continued. A new [Counter] therefore counts a range that starts just after a newline
// as the whole file's counter would have counted it. Lines, words, characters and bytes are sums
// over the input, and the width is a maximum over its lines, which is what [Counts.Add] computes.
// The bytes before the range do not matter.
//
// # How it works
//
// Whether a character starts at a byte depends only on that byte and the next few: a continuation
// byte never starts one, and a valid sequence contains no other start. So characters are counted at
// all positions of a vector at once, without decoding and without a special case for invalid input.
//
// For words and widths, each block of 64 bytes becomes a few bit masks, one bit for each byte (see
// masks). Where words start then follows from a 64-bit addition: the carry is the state "in a
// word", which printing bytes generate, spaces kill, and all others propagate. Most multibyte
// characters are placed in the masks by boxes, sets of characters that are recognized by the
// nibbles of their bytes, a vector at a time; the others are looked up one by one. Where blocks are
// ASCII and only lines and words are wanted, no masks are stored: one loop does it all.
//
// The masks and the characters are computed with AVX2 if the machine has it, otherwise (and with
// the build tag noasm) with 64-bit words.
package wc
