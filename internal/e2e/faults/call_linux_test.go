package faults

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// tracer starts a program so that some of its system calls are seen. Only these stop it.
var tracer = []string{"strace", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none"}

// strace reports whether system calls can be made to fail here. With the race detector the program has
// parts in C, which make some of their own.
var strace = sync.OnceValue(func() bool {
	if setup.Race {
		return false
	}
	args := append(slices.Clone(tracer), "-o", os.DevNull, "-e", "trace=openat", "true")
	return exec.Command(args[0], args[1:]...).Run() == nil
})

// tooMuch is how the runtime words two errors of mmap.
const tooMuch = `runtime: mmap: (access denied|too much locked memory .*)`

// callFaults are system calls that fail, the n-th time that each thread makes them.
func callFaults() (all []*fault) {
	for _, c := range calls {
		for _, e := range strings.Fields(c.errors) {
			all = append(all, c.fails(e))
		}
	}
	return all
}

// fails is the fault that the call fails.
func (c call) fails(e string) *fault {
	f := &fault{
		name: "call: " + c.name + " " + e, mixes: true, mute: c.name == "write", strays: c.name == "unlinkat",
		reshapes: true, kills: e == "EPIPE", // as when nobody reads
		fits: func(x *trial) bool { return c.made == nil || c.made(x) },
	}
	if c.fatal != "" {
		f.fatal = regexp.MustCompile(`(?m)^(fatal error: (runtime: )?(` + c.fatal + `)|` + tooMuch + `)$`).MatchString
	}
	f.prepare = func(a *attempt) error {
		n := a.nth
		switch {
		case n > 0:
		case c.few:
			n = 1
		default:
			n = 1 + a.IntN(pick(a.random, 1, 3, 10))
		}
		when := fmt.Sprint(n)
		if a.always {
			when += "+"
		}
		if e == "EINTR" {
			when = fmt.Sprint(n) // else it is never done
		}
		a.wrap = append(slices.Clone(tracer), "-o", a.shared("trace"), "-e", "trace="+c.name,
			"-e", fmt.Sprintf("inject=%s:error=%s:when=%s", c.name, e, when))
		if c.inputs {
			for name := range a.in.files {
				a.wrap = append(a.wrap, "-P", a.path(name))
			}
		}
		return nil
	}
	f.fired = func(a *attempt) bool { return strings.Contains(content(a.shared("trace")), "(INJECTED)") }
	return f
}
