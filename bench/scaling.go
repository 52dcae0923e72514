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
// other, and the coordinator does something for every range and for what it
// writes. All are processor times, so that the answer does not depend on how
// many cores this machine has; memory bandwidth, which cores share, is left out.
type scaling struct {
	Worker      float64 `json:"worker_s_per_byte"`
	Coordinator float64 `json:"coordinator_s_per_range"`
	Output      float64 `json:"coordinator_s_per_byte"`
	// Longest is the length in bytes of a range of a file that is large enough.
	Longest int64 `json:"longest_range"`
	// Limit is the number of workers, on ranges of this length, that keep the
	// coordinator busy all the time; more would wait for it.
	Limit int64 `json:"workers_limit"`
}

// cost is what a run took, as linefork logs it.
type cost struct {
	ranges               int64
	workers, coordinator float64 // seconds
}

// costLog is the line in which it does.
var costLog = regexp.MustCompile(`msg="workers ended" tasks=(\d+) workers_cpu=(\S+) coordinator_cpu=(\S+)`)

// shortRange is the length of the ranges that show what one of them costs, and
// leastRanges how many there must be.
const (
	shortRange  = 1 << 20
	leastRanges = 100
)

// runScaling measures the costs of a range in runs of c, a command of linefork
// that uses so many processes, on size bytes: with ranges as they are by
// default, with short ones, and on a few lines, which shows what starting
// costs. The result is nil if the file is too small.
func runScaling(ctx context.Context, c command, processes, runs int, size, longest int64) (*scaling, error) {
	if size < leastRanges*shortRange {
		return nil, nil
	}
	file := c.Args[len(c.Args)-1]
	little, remove, err := firstLines(file, processes)
	if err != nil {
		return nil, err
	}
	defer remove()
	var worker, coordinator, output []float64
	for range runs {
		var start, long, short cost
		for _, run := range []struct {
			to      *cost
			file    string
			options []string
		}{
			{&start, little, []string{"--range-size=1"}},
			{&long, file, nil},
			{&short, file, []string{"--range-size=" + strconv.Itoa(shortRange)}},
		} {
			if *run.to, err = runCost(ctx, c, run.file, run.options...); err != nil {
				return nil, err
			}
		}
		each := (short.coordinator - long.coordinator) / float64(short.ranges-long.ranges)
		coordinator = append(coordinator, each)
		output = append(output, (long.coordinator-start.coordinator-each*float64(long.ranges-start.ranges))/float64(size))
		worker = append(worker, (long.workers-start.workers)/float64(size))
	}
	s := &scaling{Worker: median(worker), Coordinator: median(coordinator), Output: max(0, median(output)), Longest: longest}
	if s.Worker <= 0 || s.Coordinator <= 0 {
		return nil, nil // lost in the noise
	}
	s.Limit = int64(s.perRange(s.Worker, 0) / s.perRange(s.Output, s.Coordinator))
	return s, nil
}

// perRange is what the longest range takes at so much a byte and so much once.
func (s *scaling) perRange(each, once float64) float64 { return once + each*float64(s.Longest) }

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
	return fmt.Sprintf("on paper: a range of %d MiB takes a worker %.1f ms and the coordinator %.3f ms of\n"+
		"processor time, which would keep up with %s workers\n", s.Longest>>20,
		1000*s.perRange(s.Worker, 0), 1000*s.perRange(s.Output, s.Coordinator), formatCount(s.Limit))
}
