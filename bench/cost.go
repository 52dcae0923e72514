package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// cost is what a run of linefork cost, as it says with --stats=json.
type cost struct {
	ranges               int64
	workers, coordinator float64 // processor time in seconds
	output               int64   // bytes
}

// runCost runs c with its file given several times, in ranges of this size, with more options.
func runCost(
	ctx context.Context, c *command, copies int, rangeSize int64, options ...string,
) (cost, error) {
	options = append(options, "--range-size="+strconv.FormatInt(rangeSize, 10), "--stats=json")
	args := slices.Insert(slices.Clone(c.Args), 2, options...)
	args = append(args, slices.Repeat(args[len(args)-1:], copies-1)...)
	cmd := newCommand(ctx, &command{Args: args, Env: c.Env})
	var stderr bytes.Buffer
	var output byteCount // rows go through a pipe, as in the table
	cmd.Stdout, cmd.Stderr = &output, &stderr
	err := c.failure(cmd.Run(), stderr.String())
	if ctx.Err() != nil {
		return cost{}, ctx.Err()
	}
	if err != nil {
		return cost{}, err
	}
	took, err := parseCost(stderr.Bytes())
	took.output = int64(output)
	return took, err
}

// byteCount counts what is written to it.
type byteCount int64

func (n *byteCount) Write(p []byte) (int, error) {
	*n += byteCount(len(p))
	return len(p), nil
}

// parseCost reads the last line that a run wrote to its standard error.
func parseCost(stderr []byte) (c cost, err error) {
	stderr = bytes.TrimSpace(stderr)
	line := stderr[bytes.LastIndexByte(stderr, '\n')+1:]
	var stats struct {
		Version     int     `json:"version"`
		Tasks       int64   `json:"tasks"`
		Coordinator float64 `json:"coordinator_cpu_s"`
		Workers     []struct {
			CPU float64 `json:"cpu_s"`
		} `json:"workers"`
	}
	if err := json.Unmarshal(line, &stats); err != nil {
		return cost{}, fmt.Errorf("read the costs of a run: %w", err)
	}
	if stats.Version != 1 || stats.Tasks == 0 {
		return cost{}, errors.New("read the costs of a run: there are none")
	}
	c.ranges, c.coordinator = stats.Tasks, stats.Coordinator
	for _, w := range stats.Workers {
		c.workers += w.CPU
	}
	return c, nil
}
