package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// scaling says how far a job would scale: workers are independent of each
// other, and the coordinator does something for every range. Both are
// processor times, so that the answer does not depend on how many cores this
// machine has; memory bandwidth, which cores share, is left out.
type scaling struct {
	Ranges      int64   `json:"ranges"`
	Worker      float64 `json:"worker_s_per_range"`
	Coordinator float64 `json:"coordinator_s_per_range"`
	// Limit is the number of workers that keep the coordinator busy all the
	// time; more would wait for it.
	Limit int64 `json:"workers_limit"`
}

// cost is what a run took, as linefork logs it.
type cost struct {
	ranges               int64
	workers, coordinator float64 // seconds
}

// costLog is the line in which it does.
var costLog = regexp.MustCompile(`msg="workers ended" tasks=(\d+) workers_cpu=(\S+) coordinator_cpu=(\S+)`)

// leastRanges is how many ranges there must be for an average.
const leastRanges = 8

// runScaling measures the costs of a range in runs of c, a command of linefork
// that uses so many processes. What starting these costs is taken off: it is
// that of a run on as many lines, each a range. The result is nil if the file
// is too small.
func runScaling(ctx context.Context, c command, processes, runs int) (*scaling, error) {
	file := c.Args[len(c.Args)-1]
	little, remove, err := firstLines(file, processes)
	if err != nil {
		return nil, err
	}
	defer remove()
	var s scaling
	var worker, coordinator []float64
	for range runs {
		start, err := runCost(ctx, c, little, "--range-size=1")
		if err != nil {
			return nil, err
		}
		all, err := runCost(ctx, c, file)
		if err != nil {
			return nil, err
		}
		if s.Ranges = all.ranges; s.Ranges < start.ranges+leastRanges {
			return nil, nil
		}
		n := float64(all.ranges - start.ranges)
		worker = append(worker, (all.workers-start.workers)/n)
		coordinator = append(coordinator, (all.coordinator-start.coordinator)/n)
	}
	s.Worker, s.Coordinator = median(worker), median(coordinator)
	if s.Worker <= 0 || s.Coordinator <= 0 {
		return nil, nil // lost in the noise
	}
	s.Limit = int64(s.Worker / s.Coordinator)
	return &s, nil
}

// runCost runs c on a file, with more options.
func runCost(ctx context.Context, c command, file string, options ...string) (cost, error) {
	args := slices.Insert(slices.Clone(c.Args[1:len(c.Args)-1]), 1, append(options, "--log-level=info")...)
	cmd := exec.CommandContext(ctx, c.Args[0], append(args, file)...)
	cmd.Env = c.Env
	cmd.WaitDelay = killDelay
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = struct{ io.Writer }{io.Discard}, &stderr // rows go through a pipe, as in the table
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // no row
	}
	if ctx.Err() != nil {
		return cost{}, ctx.Err()
	}
	if err != nil {
		return cost{}, fmt.Errorf("%w: %s", err, oneLine(stderr.String()))
	}
	return parseCost(stderr.Bytes())
}

func parseCost(log []byte) (cost, error) {
	m := costLog.FindSubmatch(log)
	if m == nil {
		return cost{}, errors.New("logged no cost")
	}
	ranges, err := strconv.ParseInt(string(m[1]), 10, 64)
	workers, workersErr := time.ParseDuration(string(m[2]))
	coordinator, coordinatorErr := time.ParseDuration(string(m[3]))
	return cost{ranges, workers.Seconds(), coordinator.Seconds()}, errors.Join(err, workersErr, coordinatorErr)
}

// firstLines makes a file of the first n lines of another.
func firstLines(path string, n int) (little string, remove func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	var lines []byte
	for r := bufio.NewReader(f); n > 0 && err == nil; n-- {
		var line []byte
		line, err = r.ReadBytes('\n')
		lines = append(lines, line...)
	}
	if err != nil && err != io.EOF {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "linefork-bench-")
	if err != nil {
		return "", nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	little = filepath.Join(dir, "lines")
	if err := os.WriteFile(little, lines, 0o600); err != nil {
		os.RemoveAll(dir)
		return "", nil, err
	}
	return little, func() { os.RemoveAll(dir) }, nil
}

// text says it for people.
func (s *scaling) text() string {
	return fmt.Sprintf("on paper: a range, one of %s, takes a worker %.2f ms and the coordinator %.3f ms\n"+
		"of processor time, which would keep up with %s workers\n",
		formatCount(s.Ranges), s.Worker*1000, s.Coordinator*1000, formatCount(s.Limit))
}
