package faults

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

func (a *attempt) over() bool {
	select {
	case <-a.ended:
		return true
	default:
		return false
	}
}

// sleep waits, but not for longer than the run.
func (a *attempt) sleep(d time.Duration) {
	select {
	case <-time.After(d):
	case <-a.ended:
	}
}

// patience is how long a run may take before it is said to hang.
const patience = time.Minute

// wait waits for the end. It returns what hangs.
func (a *attempt) wait() error {
	select {
	case <-a.ended:
		return nil
	case <-time.After(patience):
	}
	states := a.states()
	// The stacks of all goroutines go to standard error.
	for _, pid := range a.processes() {
		_ = syscall.Kill(pid, syscall.SIGCONT)
		_ = syscall.Kill(pid, syscall.SIGABRT)
	}
	a.sleep(3 * time.Second)
	for _, pid := range a.processes() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	<-a.ended
	b, _ := os.ReadFile(a.shared("stderr"))
	return fmt.Errorf("it hangs:\n%s%.5000s", states, b)
}

// states says what the processes of the run are at.
func (a *attempt) states() string {
	var b strings.Builder
	for _, pid := range a.processes() {
		command, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		at, _ := os.ReadFile(fmt.Sprintf("/proc/%d/wchan", pid))
		fmt.Fprintf(&b, "%d %q: %c, in %s\n", pid, command, setup.State(strconv.Itoa(pid)), at)
	}
	return b.String()
}

// processes returns those of this attempt, also where their parent has ended.
func (a *attempt) processes() (pids []int) {
	mark := []byte("\x00" + a.mark() + "\x00")
	paths, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range paths {
		b, err := os.ReadFile(path) // it may be gone
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err == nil && bytes.Contains(b, mark) && setup.State(strconv.Itoa(pid)) != 'Z' {
			pids = append(pids, pid)
		}
	}
	return pids
}

// alone waits until no process of the run is left.
func (a *attempt) alone() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience/2)
	defer cancel()
	for {
		if len(a.processes()) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("processes are left:\n%s", a.states())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
