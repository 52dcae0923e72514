//go:build amd64 || arm64

package signals

import (
	"encoding/binary"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// BrokenPipeIgnored reports whether SIGPIPE was ignored when the process was started, as by systemd.
// If it was not, the process may die of it, as other tools do. Before that, signal.Ignore must have
// been called for it, and signal.Notify must not; else, and on other platforms, it returns false.
//
// The runtime replaces that action by its own before main, and tells nobody what it was. But it acts
// by it in one case: its handler gets a signal that the program has said to ignore. Then it does
// nothing if the signal was ignored at the start, and else dies of it. signal.Ignore takes the
// handler away, so it is put back.
func BrokenPipeIgnored() bool {
	if os.Getpid() == 1 { // which no signal kills
		return false
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const ignored = 1 // SIG_IGN
	var now, handler action
	if sigaction(syscall.SIGPIPE, nil, &now) != 0 || binary.NativeEndian.Uint64(now[:]) != ignored {
		return false // it was caught since, for which the runtime forgets what was before
	}
	// All signals have the same handler; this one is the runtime's own.
	if sigaction(syscall.SIGURG, nil, &handler) != 0 || sigaction(syscall.SIGPIPE, &handler, nil) != 0 {
		return false
	}
	return unix.Tgkill(os.Getpid(), unix.Gettid(), unix.SIGPIPE) == nil // or it is not reached
}
