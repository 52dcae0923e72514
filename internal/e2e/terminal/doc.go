// Package terminal tests what a person sees of linefork on a terminal: the bar, and that rows and
// messages are the same with it. It contains tests only.
package terminal
