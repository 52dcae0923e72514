package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
)

// runJob runs the commands of one job in rounds. A command that fails is left out of later rounds.
// The error is ctx.Err().
func runJob(
	ctx context.Context, o Options, p jobSpec, file fileInfo, progress *progress,
) (*job, error) {
	j := &job{Name: p.Name, Title: p.Title, bytes: file.Size}
	for _, c := range p.Commands {
		j.Commands = append(j.Commands, &result{
			Name: c.Name, Args: c.Args, Peer: c.Peer, Times: []float64{}, CPU: []float64{},
		})
	}
	for round := range o.Warmup + o.Runs {
		for i := range p.Commands {
			// The first round starts with the baseline, whose answer is the reference.
			i = (i + round) % len(p.Commands)
			res := j.Commands[i]
			if res.Failure != "" {
				continue
			}
			if round < o.Warmup {
				progress.show("%s: warm-up %d of %d: %s", p.Name, round+1, o.Warmup, res.Name)
			} else {
				progress.show("%s: run %d of %d: %s", p.Name, round+1-o.Warmup, o.Runs, res.Name)
			}
			s, err := measure(ctx, p.Commands[i], p.Rows)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				res.fail(err)
				continue
			}
			if i == 0 && j.Reference == nil {
				j.Reference = &s.answer
			}
			if res.check(s.answer, j.Reference) {
				progress.clear()
				shout(o.Stderr, j, res, file)
			}
			if round >= o.Warmup {
				res.Times = append(res.Times, s.wall)
				res.CPU = append(res.CPU, s.cpu)
			}
		}
	}
	j.summarize()
	if err := j.scale(ctx, o, p, progress); err != nil {
		return nil, err
	}
	return j, nil
}

// scale measures how far the job would scale, with the last command of linefork, which has the most
// processes. The error is ctx.Err().
func (j *job) scale(ctx context.Context, o Options, p jobSpec, progress *progress) (err error) {
	for i := range slices.Backward(p.Commands) {
		if c := p.Commands[i]; !c.Peer {
			if j.Commands[i].Failure != "" {
				return nil
			}
			progress.show("%s: what a range costs", p.Name)
			j.Scaling, err = runScaling(ctx, c, p.Rows, o.Runs, j.bytes)
			break
		}
	}
	if err != nil && ctx.Err() == nil {
		j.Warnings = append(j.Warnings, "what a range costs is not known: "+oneLine(err.Error()))
	}
	return ctx.Err()
}

// fail records a failure and drops the times of earlier runs: those of a command that sometimes
// fails cannot be compared.
func (r *result) fail(err error) {
	r.Failure = err.Error()
	r.Times, r.CPU = []float64{}, []float64{}
}

// check records the answer of a run and reports whether it is the first one of this command that
// differs from the reference.
func (r *result) check(a answer, reference *answer) bool {
	if r.Differs {
		return false // keep the differing answer
	}
	r.Answer = &a
	r.Differs = reference != nil && a != *reference
	return r.Differs
}

// shout reports a difference when it is found, not hours later in a table.
func shout(w io.Writer, j *job, r *result, file fileInfo) {
	fmt.Fprintf(w, "ANSWERS DIFFER: %s: %s: %s; %s: %s\n",
		j.Name, r.Name, r.Answer, j.Commands[0].Name, j.Reference)
	if !r.Peer {
		return
	}
	if !file.FinalNewline {
		fmt.Fprintln(w, "  the file does not end with a newline, "+
			"which some tools count as a line less, and others add")
	}
	if file.Quotes {
		fmt.Fprintln(w, "  the file has quotes, "+
			"and the tools other than linefork know nothing of quoted fields")
	}
}
