package worker

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func setDeathSignal(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

func currentThread() int { return unix.Gettid() }

// killUnborn kills the child that the thread has forked and that does not run its program yet.
// Nothing else knows its number: the thread itself waits for it.
func (s *spawner) killUnborn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", s.thread))
	if err != nil {
		return
	}
	for _, field := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(field); err == nil && !s.born[pid] {
			_ = unix.Kill(pid, unix.SIGKILL)
		}
	}
}

// enlargePipe lets a worker write most results in one go. It may fail for lack of memory, which
// does no harm.
func enlargePipe(f *os.File) {
	if c, err := f.SyscallConn(); err == nil { // Fd would make its reads block a thread
		_ = c.Control(func(fd uintptr) { _, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, 1<<20) })
	}
}
