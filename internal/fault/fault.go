// Package fault turns a memory fault in a mapped file into a value.
//
// Reading a page of a mapping that lies beyond the end of a file that has been
// shortened, or that the device cannot deliver, raises SIGBUS. The Go run time
// makes a panic of it where runtime/debug.SetPanicOnFault asks for that; this
// package is the one place that asks.
package fault

import "runtime/debug"

// Catch calls f. If f touches memory that cannot be read, Catch returns the
// address and true; other panics pass through. It may be nested, and each
// goroutine needs a Catch of its own.
func Catch(f func()) (addr uintptr, faulted bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch r := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }:
			addr, faulted = r.Addr(), true
		default:
			panic(r)
		}
	}()
	f()
	return 0, false
}
