//go:build !linux

package signals

import "syscall"

// Default does nothing here: signals are caught from the start.
func Default(syscall.Signal) (restore func()) { return func() {} }
