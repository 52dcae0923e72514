package faults

import (
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

func name(s syscall.Signal) string { return unix.SignalName(s) }

// coordinatorFaults are signals to the program.
func coordinatorFaults() (all []*fault) {
	send := func(s syscall.Signal) *fault {
		return &fault{
			name: "coordinator: " + name(s), kills: true, prepare: (*attempt).slowDown, fired: struck,
			strike: func(a *attempt) {
				a.reach()
				a.struck = !a.over() && a.cmd.Process.Signal(s) == nil
			},
		}
	}
	for _, s := range []syscall.Signal{
		syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGPIPE,
		syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGVTALRM, syscall.SIGPROF, syscall.SIGIO,
		syscall.SIGPWR, syscall.SIGXCPU, syscall.SIGXFSZ, syscall.SIGCHLD, syscall.SIGWINCH, syscall.SIGURG,
		syscall.SIGCONT,
	} {
		f := send(s)
		if s == syscall.SIGQUIT {
			f.fatal = beforeMain
		}
		all = append(all, f)
	}
	// Signals that a processor raises: whoever sends them wants to see the stacks.
	for _, s := range []syscall.Signal{
		syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGILL, syscall.SIGTRAP,
		syscall.SIGSYS, syscall.SIGSTKFLT,
	} {
		f := send(s)
		f.crashes = true
		all = append(all, f)
	}
	for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU} {
		f := send(s)
		f.kills, f.strict = false, func(*attempt) bool { return true }
		f.strike = func(a *attempt) {
			a.reach()
			a.struck = !a.over() && a.cmd.Process.Signal(s) == nil
			a.sleep(time.Duration(a.IntN(50)) * time.Millisecond)
			_ = a.cmd.Process.Signal(syscall.SIGCONT)
		}
		all = append(all, f)
	}
	return all
}

// beforeMain reports whether stderr shows the stacks of a process that had not come to main, whose
// signals are answered by the runtime.
func beforeMain(stderr string) bool {
	return strings.HasPrefix(stderr, "SIGQUIT") && !strings.Contains(stderr, "main.main()")
}

// slowDown makes the run long enough for something to happen in the middle of it.
func (a *attempt) slowDown() error {
	if a.way.mode == "processes" {
		a.between("pace", 1<<40, false)
		at, err := a.task()
		if err != nil {
			return err
		}
		a.at = at
	}
	a.feedPause = time.Millisecond
	return nil
}

// reach waits for the trial's moment after slowDown: for a task, or for some time where none are to be
// seen. Most runs are short.
func (a *attempt) reach() {
	if a.way.mode != "processes" {
		a.sleep(100 * time.Microsecond << a.IntN(9))
		return
	}
	for !a.over() && a.tasksSoFar() < a.at {
		a.sleep(300 * time.Microsecond)
	}
	if a.moment != atLast {
		a.sleep(time.Duration(a.IntN(2000)) * time.Microsecond)
	}
}
