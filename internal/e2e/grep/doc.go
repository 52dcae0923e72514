// Package grep compares the command "linefork grep" with GNU grep 3.8: standard output, exit status
// and, apart from the program's name, standard error. It contains tests only.
//
//   - [TestCases] runs the shell lines of testdata/*.sh, each in one of two locales, with default
//     options and in one other way to do the work. With -grep.all it runs them in all ways, with
//     -short only every fourth line.
//   - [TestFuzz] and [TestFuzzLarge] draw patterns, options and files. A failure is shrunk, and
//     says how to draw it again. Run them longer with -grep.fuzz=10m or -grep.cases=100000, and
//     -timeout=0.
//   - The tests of streams check what a table cannot show: when a line is printed, when a run ends,
//     and at which offset the input is left.
//
// Known differences are listed in known_test.go, with their reasons. The rules in draw_test.go keep
// the bugs of GNU grep out of the drawn trials.
//
// With -grep.program=NAME another program is tested. "grep" itself must pass; that tests the tests.
package grep
