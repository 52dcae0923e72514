// Package gnu holds the manners that GNU's text tools share: how they name
// errors and files in messages, lay out counts and read arguments.
//
// Scripts compare the output of wc and grep byte by byte, so linefork's has to
// be theirs. The rules here were taken from what wc 9.1 of GNU coreutils prints;
// the tests run it wherever it is installed and compare.
//
// # Messages
//
// "wc: NAME: REASON" is made of [Quote] and [Reason]. Quote leaves a name alone
// that a shell would read as one word and quotes any other, so that what is shown
// can be pasted into a shell and never spans lines:
//
//	wc: no-such-file: No such file or directory
//	wc: 'no such file': No such file or directory
//	wc: "it's": No such file or directory
//	wc: 'two'$'\n''lines': No such file or directory
//
// [QuoteAlways] quotes in any case, as wc does in "cannot open 'NAME' for
// reading". grep shows names as they are. Which characters are printable is up
// to the locale.
//
// # Counts
//
// wc picks the width of its columns before it counts, from the files' sizes: see
// [Width]. [Columns] lays out the rows.
//
// # Arguments
//
// [ParseSize] reads sizes such as 64K, 64KiB and 64kB, [ParseInt] the numbers of
// grep's options; [MatchArgument] finds the word that an abbreviation stands for.
package gnu
