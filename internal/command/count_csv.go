package command

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// records counts the CSV records of each input: the rows of a filter that
// selects all. They stand in the place of Lines in wc.Counts.
type records struct {
	csvOptions
	rows *merge.Rows
	src  split.Source // the input in hand
}

// recordKinds are the counts of count --csv.
var recordKinds = []kind{
	{wc.Lines, "lines", "records", func(c wc.Counts) int64 { return c.Lines }},
	{wc.Bytes, "bytes", "bytes", func(c wc.Counts) int64 { return c.Bytes }},
}

// parseRecords reads --csv and what depends on it.
func (run *counter) parseRecords(c *cli.Context) error {
	if !c.Bool("csv") {
		for _, f := range csvFlags("") {
			if name := f.Names()[0]; c.IsSet(name) {
				return usageError(c, "--%s needs --csv or --by", name)
			}
		}
		return nil
	}
	for _, k := range kinds {
		if k.want&(wc.Lines|wc.Bytes) == 0 && c.Bool(k.option) {
			return usageError(c, "--csv counts records, not what is in them; --%s is for a run of its own", k.option)
		}
	}
	o, err := parseCSV(c)
	if err != nil {
		return err
	}
	run.records = &records{csvOptions: o}
	run.kinds = recordKinds
	run.job.Want |= wc.Lines
	return nil
}

// job is what the workers do.
func (r *records) job() worker.Job {
	return worker.Job{Rows: &rows.Spec{Keys: rows.NewKeys(), Invert: true, Dialect: r.Dialect}}
}

// add takes the result of the next range of src.
func (r *records) add(ctx context.Context, src split.Source, name string, t *worker.Task, res rows.Result) error {
	r.begin(src, name)
	return r.rows.Range(ctx, t, res)
}

func (r *records) begin(src split.Source, name string) {
	if r.src != src {
		r.src = src
		r.rows.Begin(src, name, 0)
	}
}

// finish ends an input and returns its counts.
func (r *records) finish(ctx context.Context, src split.Source, name string, work *common) (wc.Counts, error) {
	r.begin(src, name)
	err := r.end(ctx, r.rows, src, work)
	return wc.Counts{Lines: int64(r.rows.File), Bytes: src.Size() - src.Start()}, err
}
