// Package grep compares the command "linefork grep" with GNU grep 3.8: standard
// output, exit status, and, the program's name aside, standard error. It holds
// tests only.
//
//   - [TestCases] runs the shell lines of testdata/*.sh, each in one of two locales,
//     by default and in one other way to do the work; with -grep.all in all, with
//     -short only every fourth line.
//   - [TestFuzz] and [TestFuzzLarge] draw patterns, options and files. A failure
//     is made small and says how to draw it again. Run them for longer with
//     -grep.fuzz=10m or -grep.cases=100000, and -timeout=0.
//   - The tests of streams hold what a table cannot show: when a line comes out,
//     when a run ends, where the input is left.
//
// What is known to differ stands in known_test.go, each with its reason, and
// what GNU grep gets wrong is kept out of the drawn trials by the rules in
// draw_test.go.
//
// With -grep.program=NAME another program than linefork is tested. "grep" itself
// must pass; that is how the tests are tested.
package grep
