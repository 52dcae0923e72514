package worker

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/linefork/linefork/internal/rlimit"
)

// memoryError means that a child was killed because the memory was used up: by all together, which is
// not the fault of its task.
type memoryError struct{ why string }

func (e *memoryError) Error() string { return "killed, " + e.why }

// Limits that a child may lack room below, as a person knows them.
var (
	errThreads = errors.New("too many processes and threads (ulimit -u)")
	errSpace   = errors.New("too little memory may be mapped (ulimit -v)")
)

// lack returns why a child ended, err, if it lacked something: a *memoryError; a *startError if it
// could not even start; or another error. Otherwise it returns nil. It was killed by this process if
// own is set.
func (p *process) lack(err error, own bool) error {
	exit := (*exec.ExitError)(nil)
	if p.killed != nil && !own && errors.As(err, &exit) && endingSignal(exit.ProcessState) == "SIGKILL" {
		if why := p.killed(); why != "" {
			return &memoryError{why}
		}
	}
	return p.stderr.lack()
}

// lack says which limit a crash report of the Go runtime is about, as lack of process does.
func (s *stderr) lack() error {
	text := string(s.first)
	has := func(part string) bool { return strings.Contains(text, part) }
	switch {
	case !has("fatal error: "):
		return nil
	case has("failed to create new OS thread"):
		return &startError{errThreads}
	case has("failed to reserve page summary memory"), has("(0 in use)"):
		return &startError{errSpace}
	case rlimit.AddressSpace() > 0 && (has("out of memory") || has("cannot allocate memory")):
		return fmt.Errorf("out of memory: %w", errSpace)
	}
	return nil
}
