package faults

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// faultVariable is read by the process between coordinator and worker; see testdata.
const faultVariable = "LINEFORK_FAULT"

// deadline is what the workers of a run have that has one that does not answer.
var deadline = map[bool]string{false: "--timeout=300ms", true: "--timeout=3s"}[setup.Race]

func inProcesses(x *trial) bool { return x.way.mode == "processes" }

// workerFaults happen between coordinator and worker, or to both at an exact time.
func workerFaults() (all []*fault) {
	for _, kind := range []string{
		"exit 0", "exit 3", "SIGKILL", "SIGSEGV", "SIGABRT", "SIGQUIT", "worker killed", "closed", "slow",
		"half", "empty", "unknown", "failure without reason", "short", "long", "another's",
		"twice", "late", "2 GiB", "4 GiB", "no length", "version",
	} {
		all = append(all, between(kind, false))
	}
	for _, kind := range []string{"stopped", "silent", "half and silent", "still", "garbage"} {
		all = append(all, between(kind, true))
	}
	return all
}

// between is a fault of the process between coordinator and worker. With one that hangs, workers
// have a deadline.
func between(kind string, hangs bool) *fault {
	return &fault{
		name: "worker: " + kind,
		fits: func(x *trial) bool {
			// Only what comes first says a version.
			return inProcesses(x) && (kind != "version" || x.moment == atFirst)
		},
		prepare: func(a *attempt) error {
			at, err := a.task()
			if err != nil {
				return err
			}
			a.between(kind, at, a.always)
			if a.retries >= 0 {
				a.options = append(a.options, fmt.Sprintf("--retries=%d", a.retries))
			}
			if hangs {
				a.options = append(a.options, deadline)
			}
			return nil
		},
		fired:  func(a *attempt) bool { return content(a.shared("fired")) != "" || exists(a.shared("fired")) },
		strict: func(a *attempt) bool { return !a.always && a.retries != 0 && !hangs },
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// between puts a process before each worker.
func (a *attempt) between(kind string, at int, always bool) {
	a.env = append(a.env, fmt.Sprintf("%s=%s,%d,%t,%s", faultVariable, kind, at, always, a.dir))
}

var totals sync.Map

// task is the number of the task at the trial's moment.
func (a *attempt) task() (int, error) {
	if a.moment == atFirst {
		return 1, nil
	}
	name := fmt.Sprint(a.op.args, a.in.name, a.way.args)
	type result struct {
		tasks int
		err   error
	}
	once, _ := totals.LoadOrStore(name, sync.OnceValue(func() (r result) {
		r.tasks, r.err = a.trial.tasks(filepath.Dir(a.dir))
		return r
	}))
	r := once.(func() result)()
	if a.moment == atLast {
		return max(1, r.tasks), r.err
	}
	return 1 + r.tasks/2, r.err
}

// tasks counts the tasks of a trial without its fault.
func (x *trial) tasks(base string) (int, error) {
	a, err := newAttempt(x, base)
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(a.dir)
	a.between("none", math.MaxInt, false)
	if err := a.start(); err != nil {
		return 0, err
	}
	err = a.wait()
	return a.tasksSoFar(), err
}

// tasksSoFar is how many tasks were handed out.
func (a *attempt) tasksSoFar() int { return len(content(a.shared("tasks"))) }

// outsideFaults happen to workers at any time.
func outsideFaults() (all []*fault) {
	for _, s := range []syscall.Signal{
		syscall.SIGKILL, syscall.SIGSEGV, syscall.SIGABRT, syscall.SIGQUIT, syscall.SIGBUS, syscall.SIGSTOP,
	} {
		f := &fault{name: "outside: " + name(s), fits: inProcesses}
		f.prepare = func(a *attempt) error {
			a.options = append(a.options, deadline)
			return nil
		}
		f.strike = func(a *attempt) { a.hit(func(pid int) { _ = syscall.Kill(pid, s) }) }
		f.fired = struck
		f.strict = func(a *attempt) bool { return !a.always && s != syscall.SIGSTOP }
		all = append(all, f)
	}
	all = append(all, &fault{
		name: "outside: slowed", fits: inProcesses, fired: struck,
		strike: func(a *attempt) {
			a.hit(func(pid int) {
				_ = syscall.Kill(pid, syscall.SIGSTOP)
				a.sleep(time.Duration(a.IntN(20)) * time.Millisecond)
				_ = syscall.Kill(pid, syscall.SIGCONT)
			})
		},
		strict: func(*attempt) bool { return true },
	})
	return all
}

// hit does something to a worker, or if it always does to all of them, as long as there is one.
func (a *attempt) hit(do func(pid int)) {
	delay := 50 * time.Microsecond << a.IntN(7)
	for !a.over() {
		pids := slices.DeleteFunc(setup.Children(a.cmd.Process.Pid), func(pid int) bool { return !a.isWorker(pid) })
		if len(pids) == 0 {
			a.sleep(200 * time.Microsecond)
			continue
		}
		a.sleep(delay)
		do(pids[a.IntN(len(pids))])
		a.struck = true
		if !a.always {
			return
		}
	}
}

// isWorker reports whether a process is more than a copy of the coordinator that will be one.
func (a *attempt) isWorker(pid int) bool {
	b := content("/proc/" + strconv.Itoa(pid) + "/cmdline")
	return len(b) > 0 && b != content("/proc/"+strconv.Itoa(a.cmd.Process.Pid)+"/cmdline")
}

func struck(a *attempt) bool { return a.struck }
