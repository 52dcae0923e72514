package faults

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// call is a system call that can fail, and how.
type call struct {
	name   string
	errors string
	made   func(*trial) bool // it is; nil: by every run
	// few says that a run makes it once or twice.
	few bool
	// fatal is the fatal error of Go's runtime, which makes it, too, and ends the program because it has
	// failed. Nothing can be done about that in a program.
	fatal string
	// inputs says that it fails for files of the input only: the rest is pipes between processes,
	// which do not fail so.
	inputs bool
}

var (
	toFile   = func(x *trial) bool { return x.out.isFile() }
	toEnd    = func(x *trial) bool { return x.out.appends() }
	spooled  = func(x *trial) bool { return x.in.stdin != nil || x.in.name == "gzip" || x.in.name == "UTF-16" }
	inFolder = func(x *trial) bool { return x.in.name == "folder" }
	hasFiles = func(x *trial) bool { return len(x.in.files) > 0 }
)

// noMemory is what the runtime says when it gets no memory, at different places.
const noMemory = `(out of memory.*|cannot allocate memory|` +
	`cannot map pages in arena address space|failed to reserve page summary memory)`

// calls are the system calls that a run makes and that can fail. They fail before they are made, and
// so these must be left out that have an effect even if they fail: close closes.
var calls = []call{
	{name: "openat", errors: "EACCES EMFILE ENFILE ENOMEM EINTR EIO"},
	{name: "read", errors: "EIO EINTR EISDIR", inputs: true, made: hasFiles},
	{name: "pread64", errors: "EIO EINTR"},
	{name: "write", errors: "EIO ENOSPC EINTR EPIPE EDQUOT", fatal: "netpollBreak write failed"},
	{name: "pwrite64", errors: "EIO ENOSPC EINTR", made: spooled},
	{name: "fstat", errors: "EIO ENOMEM"},
	{name: "stat", errors: "EIO ENOMEM EACCES"},
	{name: "newfstatat", errors: "EIO ENOMEM EACCES"},
	{name: "lseek", errors: "ENXIO EINVAL", few: true, made: hasFiles},
	{name: "mmap", errors: "ENOMEM ENODEV EAGAIN", fatal: noMemory},
	{name: "munmap", errors: "ENOMEM"},
	{name: "madvise", errors: "ENOMEM EAGAIN EINVAL"},
	{name: "fallocate", errors: "EOPNOTSUPP ENOSPC EINTR", made: spooled},
	{name: "memfd_create", errors: "EMFILE ENOMEM ENOSYS", few: true, made: spooled},
	{name: "fcntl", errors: "EPERM EBUSY ENOLCK", fatal: "cannot open standard fds"},
	{name: "linkat", errors: "ENOSPC EIO EPERM ENOENT", few: true, made: toFile},
	{name: "renameat", errors: "ENOSPC EIO EACCES", few: true, made: toFile},
	{name: "unlinkat", errors: "EIO EBUSY", few: true, made: toEnd},
	{name: "flock", errors: "ENOLCK EINTR EIO", few: true, made: toEnd},
	{name: "fchmod", errors: "EPERM EIO", few: true, made: toFile},
	{name: "fchown", errors: "EPERM EIO", few: true, made: toFile},
	{name: "listxattr", errors: "EIO EOPNOTSUPP", few: true, made: toFile},
	{name: "fsync", errors: "EIO ENOSPC", few: true, made: toEnd},
	{name: "copy_file_range", errors: "EIO ENOSPC EXDEV ENOSYS", few: true, made: toEnd},
	{name: "getdents64", errors: "EIO ENOENT", made: inFolder},
	{name: "ioctl", errors: "ENOTTY EIO"},
	{name: "getrlimit", errors: "EPERM"},
	{name: "prlimit64", errors: "EPERM"},
	{name: "pipe2", errors: "EMFILE ENFILE", made: inProcesses},
	{name: "socketpair", errors: "EMFILE ENFILE ENOMEM", few: true, made: inProcesses},
	{name: "sendmsg", errors: "EINTR ENOBUFS ENOMEM ETOOMANYREFS", few: true, made: inProcesses},
	{name: "recvfrom", errors: "EINTR ENOMEM", few: true, made: inProcesses},
	{name: "recvmsg", errors: "EINTR ENOMEM", few: true, made: inProcesses},
	{name: "dup3", errors: "EBUSY EMFILE", made: inProcesses},
	{name: "execve", errors: "ENOMEM EACCES ENOENT", few: true, made: inProcesses},
	{name: "clone", errors: "EAGAIN ENOMEM", fatal: "newosproc", made: inProcesses},
	{name: "prctl", errors: "EINVAL", few: true, made: inProcesses},
	{name: "waitid", errors: "EINTR", made: inProcesses},
	{name: "pidfd_open", errors: "ENOSYS EMFILE", few: true, made: inProcesses},
	{name: "ppoll", errors: "EINTR ENOMEM", made: inProcesses},
	{name: "epoll_create1", errors: "EMFILE ENOMEM", few: true, fatal: "netpollinit failed", made: inProcesses},
	{name: "eventfd2", errors: "EMFILE ENOMEM", few: true, fatal: "eventfd failed", made: inProcesses},
	{name: "epoll_ctl", errors: "ENOMEM ENOSPC", fatal: "epollctl failed", made: inProcesses},
	{name: "epoll_pwait", errors: "EINTR", made: inProcesses},
	{name: "nanosleep", errors: "EINTR"},
	{name: "sched_getaffinity", errors: "EPERM"},
}

// sure are the system calls that are not made to fail.
var sure = []string{
	// They have no way to fail, or fail for wrong arguments only.
	"arch_prctl", "exit", "exit_group", "futex", "getpid", "getppid", "gettid", "getuid", "pidfd_send_signal",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_yield", "sigaltstack", "tgkill", "uname",
	"brk", "restart_syscall", "set_robust_list", "set_tid_address", "rseq", "getrandom", "wait4",
	"close", // which has its effect even if it fails
}

// TestCalls expects every system call of some runs to be among those that fail, or that cannot.
func TestCalls(t *testing.T) {
	if !strace() {
		t.Skip("nothing to look at system calls with: no strace, it may trace nothing, or there is C code")
	}
	known := slices.Clone(sure)
	for _, c := range calls {
		known = append(known, c.name)
	}
	base := folder(t)
	name := regexp.MustCompile(`(?m)^\d+ +([a-z_0-9]+)\(`)
	for i, x := range []*trial{
		{op: operations[0], in: inputs()[0], out: outlets[0]},
		{op: operations[4], in: inputs()[3], out: outlets[3]},
		{op: operations[3], in: inputs()[2], out: outlets[2]},
		{op: operations[9], in: inputs()[4], out: outlets[1]},
	} {
		x.way = way{"processes", []string{"--mode=processes", "-j2", "--range-size=16K"}}
		a, err := newAttempt(x, base)
		if err != nil {
			t.Fatal(err)
		}
		a.wrap = append(slices.Clone(tracer), "-o", a.shared("trace"), "-e", "trace=!"+strings.Join(sure, ","))
		if err := a.start(); err != nil {
			t.Fatal(err)
		}
		if err := a.wait(); err != nil {
			t.Fatal(err)
		}
		found := name.FindAllStringSubmatch(content(a.shared("trace")), -1)
		if len(found) == 0 {
			t.Fatalf("run %d makes no system calls", i)
		}
		for _, m := range found {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%q makes %s, which is neither in calls nor in sure", a.cmd.Args, m[1])
				known = append(known, m[1])
			}
		}
	}
}

// TestEveryCall makes each system call of each operation fail, the first time that a thread makes it,
// the second time and so on, as long as there is one.
func TestEveryCall(t *testing.T) {
	if !*every || !strace() {
		t.Skip("it takes hours: see -faults.every")
	}
	const most = 30
	base := folder(t)
	tally := counts{}
	number := 0
	for _, op := range operations {
		for _, mode := range []string{"processes", "serial"} {
			for i, f := range callFaults() {
				for nth := 1; nth <= most; nth++ {
					x := &trial{number: number, random: newRandom(*seed, number), op: op, fault: f, nth: nth}
					number++
					x.in, x.out = inputs()[(i+nth)%len(inputs())], outlets[(i+nth)%len(outlets)]
					x.way = way{mode, []string{"--mode=" + mode, "--range-size=16K"}}
					if x.out.isFile() && !op.writes {
						x.out = outlets[0]
					}
					if !f.fits(x) {
						continue
					}
					came, err := x.run(base)
					if err != nil {
						t.Errorf("%v, at %d: %v", x, nth, err)
						came = againstTheLaw
					}
					tally.add(f.name, came)
					if came == notFired {
						break
					}
				}
			}
		}
	}
	t.Log(tally.table())
}
