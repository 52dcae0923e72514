// Package screen runs a program on a pseudo-terminal and reads what a person would see there. It is
// for tests.
//
// A [Display] is a terminal's screen: it interprets what is written to it, keeps the lines that
// scroll off, and can be resized. A [Terminal] is a process whose terminal has such a display.
package screen
