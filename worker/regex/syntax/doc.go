// Package syntax reads the pattern languages of GNU grep 3.8: basic (-G) and extended (-E) regular
// expressions and fixed strings (-F).
//
// [Parse] takes a list of patterns and returns a [Pattern]: the plain strings among them, which a
// search for literals can handle, and a tree for the rest. [Pattern.Tree] returns one tree for
// everything, including -w and -x. The tree no longer depends on language, options and encoding: a
// [Node] is a set of strings of bytes, and a matcher needs to know only what a character is.
//
// # Characters
//
// In the C locale each byte is a character, and only ASCII letters and digits are letters and
// digits. In UTF-8 a character is a valid encoding of U+0000 to U+10FFFF without the surrogates;
// its classes and its case are those of internal/glibc. A period, a negated bracket expression, \W
// and \S match only characters, never a byte that is not part of one. Such a byte in a pattern
// stands for itself.
//
// # Two readers
//
// GNU grep reads each pattern twice: with its own DFA, which selects lines, and with glibc's
// matcher, which checks the syntax and decides where the DFA cannot. When that is so is known
// before any line is read: if there is a back-reference, and in UTF-8 also if there is a negated
// bracket expression, a range other than of digits, a class other than [:digit:], an operator such
// as \w or \<, or -w. The two differ in rare cases, and Parse follows the one that decides:
//
//   - A repetition after an anchor, as in x\<* or, in -E, ^*: the DFA repeats
//     the anchor. To glibc it is an ordinary character in -G and nothing in -E.
//   - A repetition at the start of a -E expression: {1}a is a to the DFA and
//     1}a to glibc, which drops only the brace. Even so, a brace that is not a
//     repetition, as in {a, is an ordinary character.
//   - In simple patterns, a byte that is not part of a character also matches
//     within a character, but not if glibc goes by characters.
//
// Under -i a character of a pattern matches its upper case, the lower case of that, and a few
// lower-case letters that no other maps to (fold.go). In a bracket expression that glibc decides on
// it matches all that have the same upper case: [вb-c] matches U+1C80, which в alone does not.
//
// With -o the positions always come from glibc; they differ from those of the tree only in such
// patterns.
//
// # Known differences
//
// Where GNU grep contradicts itself or its manual, the trees follow the manual:
//
//   - A range or a collating element may contain a character outside ASCII,
//     taken by its code point, as in [à-ü]. In the C.UTF-8 locale of glibc 2.36
//     that is an error, in other locales it is not.
//   - Ranges are by code point in every locale. In one that orders characters,
//     such as en_US.UTF-8, glibc takes é for one of [a-z], É for one of [A-Z],
//     and both for ones of [a-Z], which is an error here as in C.UTF-8.
//   - To glibc the bytes F4 90 80 80 to F7 BF BF BF are characters, and beside
//     \< and \b a byte that is not part of a character counts as one of Latin-1.
//   - glibc goes wrong about anchors in what it repeats, as in
//     \(^a*[^z]\)\{,2\}, about anchors beside the newlines of a record under
//     -z, and now and then about back-references.
//   - Under -w, if glibc decides, an empty match is not tried where a longer one
//     has failed, but one within a character is. After the first match in a
//     line, -o looks for shorter ones in the wrong place.
//   - Under -i, if glibc decides in UTF-8, a lower-case letter after a
//     meaningless backslash, as in \r, matches nothing to it.
//   - With -E and -w or -x, a parenthesis that closes nothing closes the one
//     that GNU grep has put around the patterns.
package syntax
