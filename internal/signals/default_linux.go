package signals

import (
	"syscall"
	"unsafe"
)

// Default lets a signal do what the system does with it, until restore is called; to catch it from then
// on without a gap, call signal.Notify before that. The runtime of Go
// answers some signals with the stacks of all goroutines; to catch them instead would cost a goroutine
// and a thread, and this costs one system call.
func Default(s syscall.Signal) (restore func()) {
	// Larger than the kernel's struct sigaction is anywhere. Zero is the default.
	var action, old [64]byte
	if sigaction(s, &action, &old) != 0 {
		return func() {}
	}
	return func() { sigaction(s, &old, nil) }
}

func sigaction(s syscall.Signal, action, old *[64]byte) syscall.Errno {
	const setSize = 8 // bytes of a set of signals
	_, _, err := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(s),
		uintptr(unsafe.Pointer(action)), uintptr(unsafe.Pointer(old)), setSize, 0, 0)
	return err
}
