package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/linefork/linefork/internal/human"
)

// pace says how much is measured. Either the number of runs is given, or the time, which is then
// divided among the jobs by their weight; what one does not need is left to those behind it.
type pace struct {
	runs, warmup int // runs is 0 if the time decides
	end          time.Time
	total        time.Duration
	weight, left float64 // of all jobs, and of those that have not ended
}

// Numbers of counted runs where the time decides.
const (
	fewestRuns = 3
	mostRuns   = 10
)

func newPace(o Options, start time.Time, jobs []jobSpec) *pace {
	p := &pace{runs: o.Runs, warmup: o.Warmup, end: start.Add(o.Time), total: o.Time}
	for _, j := range jobs {
		p.weight += j.weight
	}
	p.left = p.weight
	return p
}

// budget is the time for a job.
func (p *pace) budget(j *jobSpec) time.Duration {
	remaining := max(0, time.Until(p.end))
	return time.Duration(float64(remaining) * j.weight / p.left)
}

// patience is how often a tool may take too long before it is not run any more.
const patience = 2

// longest is how long one run of another tool may take: some need hours for what others do in a
// second.
func (p *pace) longest() time.Duration { return max(5*time.Second, p.total/10) }

// over reports whether a job has been measured enough.
func (p *pace) over(rounds int, took, budget time.Duration) bool {
	switch {
	case p.runs > 0:
		return rounds >= p.runs
	case rounds >= mostRuns, rounds >= fewestRuns && took >= budget:
		return true
	}
	return rounds >= 1 && took >= budget+budget/2
}

// bench measures jobs, and reports on the way.
type bench struct {
	asked
	pace
	progress *progress
	stopped  map[string]int // how often a tool took too long
}

// leftOut is why a job cannot be measured here; the others can.
type leftOut struct{ reason error }

func (e *leftOut) Error() string { return e.reason.Error() }
func (e *leftOut) Unwrap() error { return e.reason }

// run runs the commands of one job in rounds. A command that fails is left out of later rounds, and
// so is a peer that has had its share of the time. The error is ctx.Err() or a *leftOut.
func (b *bench) run(ctx context.Context, j *jobSpec) (*job, error) {
	for _, c := range j.commands {
		r := &result{
			Name: c.Name, Mode: c.Mode, Workers: c.Workers, Times: []float64{}, CPU: []float64{},
		}
		if c.measure == nil {
			r.Line = c.line()
		}
		if b.stopped[r.tool()] >= patience {
			r.LeftOut = fmt.Sprintf("it was stopped %d times before", patience)
		}
		j.Commands = append(j.Commands, r)
	}
	defer func() { b.left -= j.weight }()
	warmup := b.warmup
	if j.cold {
		warmup = 0
	}
	start, budget := time.Now(), b.budget(j)
	share := max(budget/time.Duration(len(j.commands)), 100*time.Millisecond)
	retired := make([]bool, len(j.commands))
	for round := 0; round < warmup || !b.over(round-warmup, time.Since(start), budget); round++ {
		for i := range j.commands {
			// The first round starts with the baseline, whose answer is the reference.
			i = (i + round) % len(j.commands)
			c, r := &j.commands[i], j.Commands[i]
			if r.Failure != "" || r.LeftOut != "" || retired[i] {
				continue
			}
			b.progress.at(j, c, round-warmup, time.Since(start), budget)
			wall, err := b.once(ctx, j, i, round, warmup, share)
			if err != nil {
				return nil, err
			}
			if retired[i] = r.Stopped > 0; b.runs == 0 && c.isPeer() && len(r.Times) > 0 {
				retired[i] = retired[i] || wall > share || sum(r.Times) > 2*share.Seconds()
			}
		}
	}
	j.summarize()
	return &j.job, nil
}

// once runs one command of a job once. A run of the warm-up counts if it took half of the time that
// the command has: there will not be many others.
func (b *bench) once(
	ctx context.Context, j *jobSpec, i, round, warmup int, share time.Duration,
) (wall time.Duration, err error) {
	c, r := &j.commands[i], j.Commands[i]
	longest := b.longest()
	if !c.isPeer() {
		longest = 0
	}
	m, err := j.measure(ctx, c, longest)
	wall = time.Duration(m.wall * float64(time.Second))
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.Is(err, errStopped):
		r.Stopped, r.Times, r.CPU, r.rounds = longest.Seconds(), []float64{}, []float64{}, nil
		b.stopped[r.tool()]++
		return 0, nil
	case errors.As(err, new(*leftOut)):
		return 0, err
	case err != nil:
		r.fail(err)
		return 0, nil
	}
	if c.measure == nil {
		b.check(ctx, j, i, m.answer)
	}
	if round >= warmup || b.runs == 0 && wall > share/2 {
		r.Times, r.CPU, r.rounds = append(r.Times, m.wall), append(r.CPU, m.cpu), append(r.rounds, round)
	}
	return wall, nil
}

func sum(xs []float64) (s float64) {
	for _, x := range xs {
		s += x
	}
	return s
}

// fail records a failure and drops the times of earlier runs: those of a command that sometimes
// fails cannot be compared.
func (r *result) fail(err error) {
	r.Failure = oneLine(err.Error())
	r.Times, r.CPU, r.rounds = []float64{}, []float64{}, nil
}

// check compares the answer of a run with that of the baseline, and reports the first one of a
// command that differs.
func (b *bench) check(ctx context.Context, j *jobSpec, i int, a answer) {
	c, r := &j.commands[i], j.Commands[i]
	r.Checked++
	if i == 0 && j.Reference == nil {
		j.Reference = &a
	}
	if adds := c.addsLast || c.mayAdd && j.Reference != nil && a.Lines == j.Reference.Lines+1; adds &&
		!b.file.FinalNewline {
		a.Lines--
	}
	if r.Differs != "" {
		return // keep the answer that differed
	}
	r.Answer = &a
	switch want := j.Reference; {
	case want == nil || a.agrees(*want):
		return
	case a.Lines != want.Lines && (a.SHA256 == "" || want.SHA256 == ""):
		r.Differs = fmt.Sprintf("%s, not %s", human.Count(a.Lines), human.Count(want.Lines))
	default:
		r.Differs = j.firstDifference(ctx, &j.commands[0], c)
	}
	b.progress.clear()
	fmt.Fprintf(b.o.Stderr, "linefork: the answers differ: %s: %s: %s\n", j.Name, r.Name, r.Differs)
}
