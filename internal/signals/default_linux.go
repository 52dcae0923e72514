package signals

import (
	"syscall"
	"unsafe"
)

// Default lets a signal do what the system does with it, until restore is called; to catch it from
// then on without a gap, call signal.Notify before that. The runtime of Go answers some signals with
// the stacks of all goroutines; to catch them instead would cost a goroutine and a thread, and this
// costs one system call.
func Default(s syscall.Signal) (restore func()) {
	var standard, old action // zero is SIG_DFL
	if sigaction(s, &standard, &old) != 0 {
		return func() {}
	}
	return func() { sigaction(s, &old, nil) }
}

// action is larger than the kernel's struct sigaction is anywhere. On most architectures it begins with
// the handler.
type action [64]byte

// sigaction is rt_sigaction(2): it sets what a signal does, and gets what it did; either may be nil.
func sigaction(s syscall.Signal, set, get *action) syscall.Errno {
	const setSize = 8 // bytes of a set of signals
	_, _, err := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(s),
		uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(get)), setSize, 0, 0)
	return err
}
