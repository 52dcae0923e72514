package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// measured is one run of a command.
type measured struct {
	wall, cpu float64 // seconds
	answer    answer
}

// killDelay is how long a cancelled command has to end its own child processes.
const killDelay = 2 * time.Second

// errStopped means that a command was stopped because it took too long.
var errStopped = errors.New("stopped")

// newCommand makes c ready to run. When ctx is done it is asked to end, and its children with it.
func newCommand(ctx context.Context, c *command) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.Args[0], c.Args[1:]...)
	cmd.Env = c.Env
	cmd.WaitDelay = killDelay
	endTogether(cmd)
	return cmd
}

// measure runs c once. After limit, if that is not 0, it is stopped. The error is ctx.Err(),
// errStopped, a *leftOut, or the failure of the command.
func (j *jobSpec) measure(ctx context.Context, c *command, limit time.Duration) (measured, error) {
	if j.before != nil {
		if err := j.before(); err != nil {
			return measured{}, &leftOut{err}
		}
	}
	if c.measure != nil {
		return c.measure(ctx)
	}
	timed := ctx
	if limit > 0 {
		var cancel context.CancelFunc
		timed, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	cmd := newCommand(timed, c)
	if j.stdin != nil {
		cmd.Stdin = j.stdin(timed)
	}
	out := newOutput(c.reads)
	var stderr headBuffer
	cmd.Stdout, cmd.Stderr = out, &stderr

	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)

	switch {
	case ctx.Err() != nil:
		return measured{}, ctx.Err()
	case timed.Err() != nil:
		return measured{}, errStopped
	}
	if err := c.failure(err, stderr.String()); err != nil {
		return measured{}, err
	}
	m := measured{
		wall: wall.Seconds(),
		cpu:  (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(),
	}
	m.answer, err = out.answer(c)
	return m, err
}

// failure returns an error with what the command wrote to its standard error, if it failed.
func (c *command) failure(err error, stderr string) error {
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) && exit.ExitCode() == c.exitsWith {
		return nil
	}
	if text := oneLine(stderr); text != "" {
		return fmt.Errorf("%w: %s", err, text)
	}
	return err
}

// headBuffer keeps the start of what is written to it, so that a command that prints without end
// costs no memory.
type headBuffer struct{ b []byte }

var _ io.Writer = (*headBuffer)(nil)

func (h *headBuffer) Write(p []byte) (int, error) {
	const limit = 4 << 10
	h.b = append(h.b, p[:min(len(p), limit-len(h.b))]...)
	return len(p), nil
}

func (h *headBuffer) String() string { return string(h.b) }
