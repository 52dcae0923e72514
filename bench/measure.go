package bench

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// answer is what a command found: the number it printed, or the number and hash of its rows.
type answer struct {
	Lines  int64  `json:"lines"`
	SHA256 string `json:"sha256,omitempty"`
}

// sample is one measured run.
type sample struct {
	wall, cpu float64 // seconds
	answer    answer
}

// killDelay is how long a cancelled command has to end its own child processes.
const killDelay = 2 * time.Second

// measure runs c once. The error is ctx.Err() or the failure of the command.
func measure(ctx context.Context, c command, rows bool) (sample, error) {
	cmd := exec.CommandContext(ctx, c.Args[0], c.Args[1:]...)
	cmd.Env = c.Env
	cmd.WaitDelay = killDelay
	if runtime.GOOS != "windows" { // which can only kill
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	}
	var out headBuffer
	hashed := rowHash{hash: sha256.New()}
	cmd.Stdout = &out
	if rows {
		cmd.Stdout = &hashed
	}
	var stderr headBuffer
	cmd.Stderr = &stderr

	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)

	if ctx.Err() != nil {
		return sample{}, ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && c.Quiet {
		err = nil
	}
	if err != nil {
		if text := oneLine(stderr.String()); text != "" {
			err = fmt.Errorf("%w: %s", err, text)
		}
		return sample{}, err
	}

	s := sample{
		wall: wall.Seconds(),
		cpu:  (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(),
	}
	if rows {
		s.answer = hashed.answer()
		return s, nil
	}
	s.answer.Lines, err = parseCount(out.String(), c.Quiet)
	return s, err
}

// parseCount reads the number that starts the output of a count. Some tools indent it and print the
// file name after it; rg prints nothing instead of 0.
func parseCount(out string, quiet bool) (int64, error) {
	fields := strings.Fields(out)
	if len(fields) == 0 {
		if quiet {
			return 0, nil
		}
		return 0, errors.New("printed no number")
	}
	n, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("printed no number: %w", err)
	}
	return n, nil
}

// rowHash hashes rows and counts them.
type rowHash struct {
	hash  hash.Hash
	lines int64
	last  byte
}

func (h *rowHash) Write(p []byte) (int, error) {
	if len(p) > 0 {
		h.hash.Write(p)
		h.lines += int64(bytes.Count(p, []byte{'\n'}))
		h.last = p[len(p)-1]
	}
	return len(p), nil
}

func (h *rowHash) answer() answer {
	n := h.lines
	if h.last != 0 && h.last != '\n' {
		n++
	}
	return answer{Lines: n, SHA256: hex.EncodeToString(h.hash.Sum(nil))}
}

// headBuffer keeps the start of what is written to it, so that a command that prints without end
// costs no memory.
type headBuffer struct{ b bytes.Buffer }

var _ io.Writer = (*headBuffer)(nil)

func (h *headBuffer) Write(p []byte) (int, error) {
	const limit = 4 << 10
	h.b.Write(p[:min(len(p), limit-h.b.Len())])
	return len(p), nil
}

func (h *headBuffer) String() string { return h.b.String() }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
