// Package walk finds the files that linefork grep reads: its operands and
// what is below them under -r and -R, by the rules of GNU grep 3.8 for
// --include, --exclude, --exclude-dir, --exclude-from, -d and -D.
package walk
