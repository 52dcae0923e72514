//go:build unix

package bench

import (
	"os/exec"
	"syscall"
)

// endTogether makes cmd the leader of a process group, all of which is asked to end when the
// context is done: a shell does not pass a signal on to what it runs.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
}
