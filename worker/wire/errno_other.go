//go:build !unix

package wire

import "syscall"

// errnoName knows no names here: error numbers travel as other errors do.
func errnoName(syscall.Errno) string { return "" }

// errnoNamed knows no names, either.
func errnoNamed(string) (syscall.Errno, bool) { return 0, false }
