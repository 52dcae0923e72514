package bench

import (
	"cmp"
	"context"
	"fmt"

	"github.com/linefork/linefork/internal/human"
	"github.com/linefork/linefork/split"
)

// scale measures how far two jobs would scale, where it is asked for: with the last command of
// linefork, which has the most processes. The error is ctx.Err().
func (b *bench) scale(ctx context.Context, r *report, specs []jobSpec) error {
	if !b.o.Verbose && b.o.Format != JSON {
		return nil
	}
	for i := range specs {
		j := &specs[i]
		if j.Group != groupCount && j.Group != groupFilter || j.find(modeProcesses) == nil {
			continue
		}
		b.progress.show("what a range costs: %s", j.Name)
		for k := range j.commands {
			if c := &j.commands[k]; c.Mode == modeProcesses {
				s, err := runScaling(ctx, c, c.reads == asRows, cmp.Or(b.o.Runs, fewestRuns), b.file.Size)
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err != nil {
					r.LeftOut = append(r.LeftOut, "what a range costs: "+oneLine(err.Error()))
				}
				j.Scaling = s
			}
		}
	}
	return nil
}

// scaling says how far a job would scale: workers are independent of each other, and the
// coordinator has some work for every range and for every byte it writes. All times are processor
// times, so that the answer does not depend on the number of cores here. Memory bandwidth, which
// the cores share, is not taken into account.
type scaling struct {
	Worker      float64 `json:"worker_s_per_byte"`
	Coordinator float64 `json:"coordinator_s_per_range"`
	Output      float64 `json:"coordinator_s_per_byte"`
	// Longest is the length in bytes that ranges reach in a large enough file.
	Longest int64 `json:"longest_range"`
	// Limit is the number of workers, on ranges of this length, that keep the coordinator busy all
	// the time. More would have to wait for it.
	Limit int64 `json:"workers_limit"`
}

// manyRanges is how many ranges are used to measure the cost of one, in a file of at least
// leastSize bytes. They are so short that even a few workers keep the coordinator busy: if it slept
// between two ranges, waking up would cost more than the range.
const (
	manyRanges = 16 << 10
	leastSize  = 100 << 20
)

// runScaling measures the cost of a range in runs of c, a command of linefork, on size bytes: with
// many ranges, and with the longest that are used by default. The cost of writing rows shows in
// comparison with a run that only counts them. The result is nil if the file is too small.
func runScaling(ctx context.Context, c *command, rows bool, runs int, size int64) (*scaling, error) {
	if size < leastSize {
		return nil, nil
	}
	var worker, coordinator, output []float64
	s := &scaling{Longest: split.LongRange}
	bytes := float64(size)
	for range runs {
		many, err := runCost(ctx, c, 1, size/manyRanges)
		if err != nil {
			return nil, err
		}
		if rows {
			s.Longest = split.Longest(split.MediumRange, float64(many.output)/bytes)
		}
		once, err := runCost(ctx, c, 1, s.Longest)
		if err != nil {
			return nil, err
		}
		twice, err := runCost(ctx, c, 2, s.Longest)
		if err != nil {
			return nil, err
		}
		write := 0.
		if rows {
			counted, err := runCost(ctx, c, 1, s.Longest, "-c")
			if err != nil {
				return nil, err
			}
			write = (once.coordinator - counted.coordinator) / bytes
		}
		worker = append(worker, (twice.workers-once.workers)/bytes)
		output = append(output, write)
		coordinator = append(coordinator, (many.coordinator-write*bytes)/float64(many.ranges))
	}
	s.Worker, s.Coordinator, s.Output = median(worker), median(coordinator), max(0, median(output))
	if s.Worker <= 0 || s.Coordinator <= 0 {
		return nil, nil // lost in the noise
	}
	s.Limit = int64(s.perRange(s.Worker, 0) / s.perRange(s.Output, s.Coordinator))
	return s, nil
}

// perRange returns the cost of the longest range, given one cost per byte and one per range.
func (s *scaling) perRange(perByte, fixed float64) float64 {
	return fixed + perByte*float64(s.Longest)
}

// text is the form for people.
func (s *scaling) text() string {
	worker, coordinator := s.perRange(s.Worker, 0), s.perRange(s.Output, s.Coordinator)
	return fmt.Sprintf("A range of %d MiB takes a worker %s and the coordinator %s of processor "+
		"time, which would keep up with %s workers, or %s.", s.Longest>>20,
		formatSeconds(worker), formatSeconds(coordinator), human.Count(s.Limit),
		human.Rate(float64(s.Longest)/coordinator))
}
