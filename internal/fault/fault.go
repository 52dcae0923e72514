// Package fault turns what can happen to the reader of a mapped file that others change into a
// value: a memory fault, and a panic because bytes were not the same at a second look.
//
// Reading a page of a mapping raises SIGBUS if the page is beyond the end of a file that has been
// truncated, or if the device cannot deliver it. The Go runtime turns that into a panic if
// runtime/debug.SetPanicOnFault says so; only this package calls it.
package fault

import (
	"runtime"
	"runtime/debug"
)

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

// Bounds calls f. If f panics with a run-time error, such as an index out of range, and changed then
// returns an error, Bounds returns that. Other panics pass through.
func Bounds(changed func() error, f func()) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if _, is := r.(runtime.Error); is {
			err = changed()
		}
		if err == nil {
			panic(r)
		}
	}()
	f()
	return nil
}
