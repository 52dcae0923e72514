// Package fault turns a memory fault in a mapped file into a value.
//
// Reading a page of a mapping raises SIGBUS if the page is beyond the end of a file that has been
// truncated, or if the device cannot deliver it. The Go runtime turns that into a panic if
// runtime/debug.SetPanicOnFault says so; only this package calls it.
package fault

import "runtime/debug"

// Catch calls f. If f touches memory that cannot be read, Catch returns the address and true. Other
// panics pass through. Calls may be nested; each goroutine needs a call of its own.
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
