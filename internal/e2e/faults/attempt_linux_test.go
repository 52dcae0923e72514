package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"time"
)

// Where things are in the folder of an attempt.
const (
	workName = "work"    // in which the program runs
	outName  = "o/out"   // what --output names, in work
	outDir   = "o"       // nothing else is in it
	before   = "1,old\n" // what is there already
)

// answer is what came of a run. A file that is missing is "".
type answer struct {
	status int            // 128 and more: ended by a signal
	signal syscall.Signal // that ended it; 0 if it exited
	stdout string
	file   string // behind outName
	stderr string
}

// attempt is a run of the program.
type attempt struct {
	*trial
	dir       string   // of everything
	env       []string // besides that of the tests
	wrap      []string // what starts the program
	options   []string
	asNobody  bool
	at        int           // the number of the task at the moment of the fault
	old       string        // behind outName before
	feedPause time.Duration // between the pieces of a piped input
	stdout    *os.File      // nil: a file or a pipe, as the outlet says
	closed    int           // after so many bytes nobody reads the pipe any more; -1: all are read
	slow      func()        // called for each piece that is read of the pipe; may be nil
	fifo      chan string   // what was read of a FIFO behind outName; nil: it is a file

	struck bool // the fault has happened; read when strike has returned
	cmd    *exec.Cmd
	ended  chan struct{}
}

func (a *attempt) work() string              { return filepath.Join(a.dir, workName) }
func (a *attempt) path(name string) string   { return filepath.Join(a.work(), name) }
func (a *attempt) shared(name string) string { return filepath.Join(a.dir, name) }

// newAttempt makes the folder of a run: what it reads, and what it writes to.
func newAttempt(x *trial, base string) (*attempt, error) {
	a := &attempt{trial: x, closed: -1, old: before, ended: make(chan struct{})}
	var err error
	if a.dir, err = os.MkdirTemp(base, "trial-"); err != nil {
		return nil, err
	}
	if err := os.Chmod(a.dir, 0o755); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(a.path(outDir), 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(a.path(outName), []byte(before), 0o644); err != nil {
		return nil, err
	}
	return a, x.in.write(a.work())
}

// nobody is the user that may not read what is unreadable.
const nobody = 65534

// start starts the program.
func (a *attempt) start() error {
	args := slices.Concat(a.wrap, []string{"linefork"}, a.op.args, a.way.args, a.out.args, a.options,
		a.in.args)
	a.cmd = exec.Command(args[0], args[1:]...)
	a.cmd.Dir = a.work()
	a.cmd.Env = append(os.Environ(), append(a.env, a.mark(), "LC_ALL=C.UTF-8")...)
	if a.asNobody {
		if err := a.giveAway(); err != nil {
			return err
		}
		a.cmd.SysProcAttr = &syscall.SysProcAttr{
			Credential: &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: true},
		}
	}
	stderr, err := os.Create(a.shared("stderr"))
	if err != nil {
		return err
	}
	defer stderr.Close()
	a.cmd.Stderr = stderr
	wait, err := a.connect()
	if err != nil {
		return err
	}
	if err := a.cmd.Start(); err != nil {
		wait()
		return err
	}
	go func() {
		_ = a.cmd.Wait() // the status is looked at later
		wait()
		close(a.ended)
	}()
	return nil
}

// giveAway gives the folder to the other user.
func (a *attempt) giveAway() error {
	return filepath.WalkDir(a.dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobody, nobody)
	})
}

// mark is in the environment of all processes of this attempt.
func (a *attempt) mark() string { return "LINEFORK_TRIAL=" + filepath.Base(a.dir) }

// connect gives the program its standard input and output. When the program has ended, wait waits
// for the rest of what it wrote.
func (a *attempt) connect() (wait func(), err error) {
	var closers []*os.File
	var tasks []chan struct{}
	wait = func() {
		for _, f := range closers {
			f.Close()
		}
		for _, done := range tasks {
			<-done
		}
	}
	background := func(f func()) {
		done := make(chan struct{})
		tasks = append(tasks, done)
		go func() { defer close(done); f() }()
	}
	if a.in.stdin != nil {
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		a.cmd.Stdin, closers = r, append(closers, r)
		background(func() { feed(w, a.in.stdin, a.feedPause) })
	}
	out, err := os.Create(a.shared("stdout"))
	if err != nil {
		return nil, err
	}
	switch {
	case a.stdout != nil:
		out.Close()
		a.cmd.Stdout, closers = a.stdout, append(closers, a.stdout)
	case a.out.pipe:
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, w.Fd(), syscall.F_SETPIPE_SZ, 4096)
		a.cmd.Stdout, closers = w, append(closers, w)
		background(func() { drain(out, r, a.closed, a.slow) })
	default:
		a.cmd.Stdout, closers = out, append(closers, out)
	}
	return wait, nil
}

func feed(w *os.File, data []byte, pace time.Duration) {
	defer w.Close()
	for len(data) > 0 {
		n := min(4096, len(data))
		if _, err := w.Write(data[:n]); err != nil {
			return
		}
		data = data[n:]
		time.Sleep(pace)
	}
}

// drain copies a pipe, up to most bytes if that is not negative.
func drain(to, from *os.File, most int, slow func()) {
	defer to.Close()
	defer from.Close()
	b := make([]byte, 4096)
	for n := 0; most < 0 || n < most; {
		k, err := from.Read(b)
		_, _ = to.Write(b[:k])
		if n += k; err != nil {
			return
		}
		if slow != nil {
			slow()
		}
	}
}

// tracers are what strace itself says.
var tracers = regexp.MustCompile("(?m)^strace: .*\n")

// answer returns what came of the run.
func (a *attempt) answer() answer {
	var r answer
	status := a.cmd.ProcessState.Sys().(syscall.WaitStatus)
	r.status = status.ExitStatus()
	if status.Signaled() {
		r.signal = status.Signal()
		r.status = 128 + int(r.signal)
	}
	r.stdout = timeless(content(a.shared("stdout")))
	r.stderr = tracers.ReplaceAllString(content(a.shared("stderr")), "")
	if a.fifo != nil {
		r.file = <-a.fifo
	} else {
		r.file = content(a.path(outName))
	}
	return r
}

// content returns what a regular file holds, "" for anything else.
func content(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	b, _ := os.ReadFile(path)
	return string(b)
}
