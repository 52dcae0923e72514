// Package syntax reads the pattern languages of GNU grep 3.8: basic (-G) and
// extended (-E) regular expressions and fixed strings (-F).
//
// [Parse] takes a list of patterns and gives a [Pattern]: the plain strings
// among them, which a literal search can take, and a tree for the rest.
// [Pattern.Tree] gives one tree for all, -w and -x included. In the tree the
// languages, the options and the encoding are settled: a [Node] is a set of
// strings of bytes, and a matcher needs to know only what a character is.
//
// # Characters
//
// In the C locale each byte is a character, and only the ASCII letters and
// digits are such. In UTF-8 a character is a valid encoding of U+0000 to
// U+10FFFF without the surrogates; its classes and its case are those of
// internal/glibc. A period, a negated bracket expression, \W and \S match
// characters only, never a byte that belongs to none. A byte of a pattern that
// belongs to no character stands for itself.
//
// # Two readers
//
// GNU grep reads each pattern twice: by a DFA of its own, which selects lines,
// and by glibc's matcher, which checks the syntax and decides where the DFA
// cannot, which is known before any line is read: when there is a
// back-reference, and in UTF-8 also when there is a negated bracket expression,
// a range other than of digits, a class other than [:digit:], an operator such
// as \w or \<, or -w. The two differ in rare cases, and Parse follows the one
// that decides:
//
//   - A repetition after an anchor, as in x\<* or, in -E, ^*: the DFA repeats
//     the anchor. To glibc it is an ordinary character in -G and nothing in -E.
//   - A repetition at the start of a -E expression: {1}a is a to the DFA and
//     1}a to glibc, which drops the brace alone. A brace that is no repetition,
//     as in {a, is an ordinary character even so.
//   - A byte that belongs to no character also matches within a character in
//     simple patterns, but not where glibc goes by characters.
//
// Under -i a character of a pattern matches its upper case, the lower case of
// that, and a few lower-case letters that no other maps to (fold.go). In a
// bracket expression that glibc decides on it matches all that have the same
// upper case: [вb-c] matches U+1C80, which в alone does not.
//
// With -o the positions come from glibc in any case; they differ from those of
// the tree in such patterns only.
//
// # Known differences
//
// Where GNU grep contradicts itself or its manual, the trees have the sense of
// the manual:
//
//   - A range or a collating element may have a character outside ASCII in it,
//     taken by its code point, as [à-ü]. In the C.UTF-8 locale of glibc 2.36
//     that is an error, in other locales it is not.
//   - To glibc the bytes F4 90 80 80 to F7 BF BF BF are characters, and beside
//     \< and \b a byte that belongs to none counts as one of Latin-1.
//   - glibc goes wrong about anchors in what it repeats, as in
//     \(^a*[^z]\)\{,2\}, about anchors beside the newlines of a record under
//     -z, and now and then about back-references.
//   - Under -w, where glibc decides, no empty match is tried where a longer one
//     has failed, but one within a character is. After the first match in a
//     line, -o looks for shorter ones in the wrong place.
//   - Under -i, where glibc decides in UTF-8, a lower-case letter behind a
//     backslash that means nothing, as in \r, matches nothing to it.
//   - With -E and -w or -x, a parenthesis that closes nothing closes the one
//     that GNU grep has put around the patterns.
package syntax
