//go:build amd64 || arm64

package main

import (
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// sigaction is struct kernel_sigaction of these architectures.
type sigaction struct {
	handler  uintptr
	flags    uint64
	restorer uintptr
	mask     uint64
}

func rtSigaction(s syscall.Signal, set, get *sigaction) syscall.Errno {
	_, _, err := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(s),
		uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(get)), unsafe.Sizeof(get.mask), 0, 0)
	return err
}

// brokenPipeIgnored reports whether SIGPIPE was ignored when the process was started, as by systemd.
// If it was not, the process may die of it, as other tools do.
//
// The runtime replaces that action by its own before main, and tells nobody what it was. But it acts
// by it in one case: its handler gets a signal that the program has said to ignore. Then it does
// nothing if the signal was ignored at the start, and else dies of it. signal.Ignore takes the
// handler away, so it is put back.
func brokenPipeIgnored() bool {
	if os.Getpid() == 1 { // which no signal kills
		return false
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const ignored = 1
	var action, handler sigaction
	if rtSigaction(syscall.SIGPIPE, nil, &action) != 0 || action.handler != ignored {
		return false // it was caught since, for which the runtime forgets what was before
	}
	// All signals have the same handler; this one is the runtime's own.
	if rtSigaction(syscall.SIGURG, nil, &handler) != 0 || rtSigaction(syscall.SIGPIPE, &handler, nil) != 0 {
		return false
	}
	return unix.Tgkill(os.Getpid(), unix.Gettid(), unix.SIGPIPE) == nil // or it is not reached
}
