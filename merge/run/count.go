package run

import (
	"context"
	"io"
	"io/fs"
	"iter"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/wc"
)

// CountOptions are those of [Count] and [CountRecords]. The zero value counts lines.
type CountOptions struct {
	Options
	Want           wc.Want // what to count; 0: lines
	Final          bool    // count a last line that has no line feed, too
	PosixlyCorrect bool    // see [wc.Counter]

	// Output describes the file that Counted writes to, which is left out of folders;
	// nil if it is not one.
	Output fs.FileInfo

	// Counted, if not nil, is called with the counts of each input that could be opened,
	// in order, as soon as they are known: with those of what could be read, and for a
	// folder, as wc does, with zeros. Its error ends the operation.
	Counted func(in Input, c wc.Counts) error
}

// Count counts lines, words, characters and bytes as wc does, and returns the sums
// over all inputs, as far as they could be read.
func Count(ctx context.Context, o CountOptions) (total wc.Counts, err error) {
	if o.Want == 0 {
		o.Want = wc.Lines
	}
	job := &worker.Count{Want: o.Want, Final: o.Final, PosixlyCorrect: o.PosixlyCorrect}
	if !o.CLocale {
		job.Locale = locale.UTF8
	}
	l := &loop{ctx: ctx, Options: &o.Options}
	l.decode = l.decoder(new(encoding), false)
	l.output.leaveOut(o.Output)
	c := &count{loop: l, Count: job, counted: o.Counted}
	err = l.carryOut(c, c.job, func(worker.Runner) {})
	return c.total, err
}

// count adds up what is in ranges.
type count struct {
	*loop
	*worker.Count
	counted     func(Input, wc.Counts) error
	file, total wc.Counts
	buf         []byte // what streams are read into
}

func (c *count) job(*inputs) worker.Job { return worker.Job{Count: c.Count} }

func (c *count) open(*input) error { return nil }
func (c *count) learn(*input)      {}

// ranges are none of a stream whose lines are counted as they come, and none where
// only the size is wanted.
func (c *count) ranges(in *input, from int64, s split.Sizes) iter.Seq2[split.Range, error] {
	if in.src.Stream() || c.Want == wc.Bytes {
		return func(func(split.Range, error) bool) {}
	}
	return in.src.Ranges(from, s, '\n')
}

func (c *count) sizes(in *input) (split.Sizes, *split.Pace) {
	return c.Options.sizes(in.src, split.LongRange), nil
}

func (c *count) firstRange() int64 { return split.LongRange }

func (c *count) task(in *input, r split.Range, _ int) *worker.Task {
	return &worker.Task{Name: in.name, Input: in.src.Locator(), Range: r}
}

func (c *count) batches() bool      { return c.Want != wc.Bytes }
func (c *count) batch() worker.Task { return worker.Task{Batch: new(worker.Batch)} }

func (c *count) begin(*input) error {
	c.file = wc.Counts{}
	return nil
}

func (c *count) take(_ *input, _ *worker.Task, r *worker.Result) error {
	c.file.Add(*r.Count)
	return nil
}

// end adds what the ranges of an input do not tell.
func (c *count) end(in *input) (err error) {
	switch {
	case in.src == nil:
	case in.src.Stream():
		err = c.stream(in)
	default:
		err = c.finish(in)
	}
	if err != nil {
		return &worker.InputError{Name: in.name, Err: err}
	}
	return nil
}

func (c *count) finish(in *input) error {
	src := in.src
	if err := src.Shrunk(); err != nil {
		return err
	}
	c.file.Bytes = src.Size() - src.Start()
	if !c.Final || c.file.Bytes == 0 {
		return nil
	}
	var last [1]byte
	if _, err := src.ReadAt(last[:], src.Size()-1); err != nil {
		return err
	}
	if last[0] != '\n' {
		c.file.Lines++
	}
	return nil
}

// stream counts an input that cannot be mapped. One core keeps up with a pipe.
func (c *count) stream(in *input) error {
	defer context.AfterFunc(c.ctx, in.src.Stop)()
	counter := c.Counter()
	r := in.src.Reader()
	if c.buf == nil {
		c.buf = make([]byte, 1<<20)
	}
	last := byte('\n')
	for {
		n, err := r.Read(c.buf)
		if n > 0 {
			counter.Add(c.buf[:n])
			last = c.buf[n-1]
			if m := c.account.meter(in); m != nil {
				m.Add(int64(n))
			}
			c.account.found(found{c.total.Lines + counter.Counts().Lines, -1})
		}
		if err != nil {
			c.file = counter.Counts()
		}
		if err == io.EOF {
			if c.Final && last != '\n' {
				c.file.Lines++
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// failed keeps what was counted of an input that could not be read to its end, as wc does, and
// nothing of one that broke in another way.
func (c *count) failed(in *input, _ error) error {
	switch {
	case !in.begun || !in.inPart():
		c.file = wc.Counts{}
	case in.src != nil && !in.src.Stream():
		c.file.Bytes = in.read - in.src.Start()
	}
	return nil
}

func (c *count) leave(in *input) error {
	if in.broken && !in.hasRow() {
		return nil
	}
	c.total.Add(c.file)
	file := c.file
	c.file = wc.Counts{} // counted
	if c.counted == nil {
		return nil
	}
	return c.counted(in.named(), file)
}

func (c *count) found() found { return found{c.total.Lines + c.file.Lines, -1} }
func (c *count) done() bool   { return false }
func (c *count) enough() bool { return false }
func (c *count) flush() error { return nil }

// records counts CSV records: the rows of a filter that selects all. They stand
// instead of lines in wc.Counts.
type records struct {
	*table
	counted func(Input, wc.Counts) error
	total   wc.Counts
}

// CountRecords counts the CSV records of the inputs, in the field Lines of the
// counts, and their bytes. A blank line is a record, a header is not. The options Want,
// Final and PosixlyCorrect mean nothing to it.
func CountRecords(ctx context.Context, o CountOptions, csv CSV) (total wc.Counts, err error) {
	l := &loop{ctx: ctx, Options: &o.Options}
	t, err := newTable(l, csv, nil)
	if err != nil {
		return total, err
	}
	t.most = split.LongRange
	l.output.leaveOut(o.Output)
	r := &records{table: t, counted: o.Counted}
	err = l.carryOut(r, t.job, func(runner worker.Runner) {
		t.rows = merge.NewRows(nil, runner, merge.Format{Count: true})
	})
	return r.total, err
}

func (r *records) found() found { return found{int64(r.rows.Total), -1} }

func (r *records) leave(in *input) error {
	if err := r.table.leave(in); err != nil || in.broken && !in.hasRow() {
		return err
	}
	c := wc.Counts{}
	switch {
	case !in.broken:
		c = wc.Counts{Lines: int64(r.rows.File), Bytes: in.bytes()}
	case in.begun && in.inPart():
		c = wc.Counts{Lines: int64(r.rows.File), Bytes: in.read - in.src.Start()}
	}
	r.total.Add(c)
	if r.counted == nil {
		return nil
	}
	return r.counted(in.named(), c)
}

// bytes is the size of an input that was read to its end, as wc has it: in UTF-16, if
// it is in that.
func (in *input) bytes() int64 {
	if in.src == nil {
		return in.size
	}
	if d, ok := in.src.Decoder().(interface{ Undecoded() int64 }); ok {
		if n := d.Undecoded(); n >= 0 {
			return n
		}
	}
	return in.src.Size() - in.src.Start()
}
