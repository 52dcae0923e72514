package worker

import (
	"io"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

func setDeathSignal(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// enlargePipe lets a worker write most results in one go. It may fail for lack of memory, which
// does no harm.
func enlargePipe(r io.Reader) {
	if f, ok := r.(*os.File); ok {
		if c, err := f.SyscallConn(); err == nil { // Fd would make its reads block a thread
			_ = c.Control(func(fd uintptr) { _, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, 1<<20) })
		}
	}
}
