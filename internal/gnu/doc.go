// Package gnu implements conventions that GNU's text tools share: how they name errors and files in
// messages, lay out counts, and parse arguments.
//
// Scripts compare the output of wc and grep byte for byte, so linefork must print the same. The
// rules were derived from the output of wc 9.1 of GNU coreutils; the tests compare with it where it
// is installed.
//
// # Messages
//
// A message "wc: NAME: REASON" is made with [Quote] and [Reason]. Quote leaves a name alone if a
// shell would read it as one word, and quotes any other, so that the result can be pasted into a
// shell and never spans lines:
//
//	wc: no-such-file: No such file or directory
//	wc: 'no such file': No such file or directory
//	wc: "it's": No such file or directory
//	wc: 'two'$'\n''lines': No such file or directory
//
// [QuoteAlways] quotes every name, as wc does in "cannot open 'NAME' for reading". grep prints
// names as they are. The locale decides which characters are printable.
//
// # Counts
//
// wc chooses the width of its columns before it counts, from the sizes of the files: see [Width].
// [Columns] lays out the rows.
//
// # Arguments
//
// [ParseSize] parses sizes such as 64K, 64KiB and 64kB, [ParseInt] the numbers of grep's options.
// [MatchArgument] finds the word that an abbreviation stands for.
package gnu
