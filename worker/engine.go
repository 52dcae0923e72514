package worker

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/window"
)

// program is a compiled job, shared by the engines of one process.
type program struct {
	count  *Count
	filter *rows.Matcher
	grep   *grep.Matcher
}

func compile(j Job) (p *program, err error) {
	p = &program{count: j.Count}
	if j.Filter != nil {
		p.filter, err = rows.Compile(*j.Filter)
	}
	if j.Grep != nil {
		p.grep, err = grep.Compile(j.Grep)
	}
	return p, err
}

// engine runs tasks one after the other. It is the same in a child process and
// on a goroutine.
type engine struct {
	program *program
	rows    *rows.Scanner
	grep    *grep.Scanner

	// The file of the last task, since the next is mostly of the same.
	file *window.File
	at   split.Locator

	buf []byte // for the files of a batch
}

func newEngine(p *program) *engine {
	e := &engine{program: p}
	if p.filter != nil {
		e.rows = p.filter.Scanner()
	}
	if p.grep != nil {
		e.grep = p.grep.Scanner()
	}
	return e
}

// do runs a task. Its error is an *InputError.
func (e *engine) do(t *Task) (res Result, err error) {
	if len(t.Batch) > 0 {
		return Result{Batch: e.batch(t)}, nil
	}
	w, err := e.open(t)
	if err == nil {
		if fault := w.Catch(func() { res, err = e.scan(t, w) }); fault != nil {
			err = fault
		}
		w.Close()
	}
	if err != nil {
		// The name is said once, by InputError.
		if errors.As(err, new(*fs.PathError)) {
			err = errors.New(reason(err))
		}
		return Result{}, &InputError{Name: t.Name, Err: err}
	}
	return res, nil
}

func (e *engine) scan(t *Task, w *window.Window) (r Result, err error) {
	switch {
	case e.program.count != nil:
		r.Counts = count(e.program.count, w)
	case e.rows != nil:
		r.Rows = e.rows.Scan(w.Data, rows.Task{
			Column:    t.Column,
			Start:     t.Start,
			FileStart: t.Range.Start == 0,
			Max:       t.Max,
			MaxSpans:  t.MaxSpans,
			Release:   w.Release,
		})
	case e.grep != nil:
		mark := 0
		if t.Mark && bytes.HasPrefix(w.Data, charset.UTF8Mark) {
			mark = len(charset.UTF8Mark)
		}
		r.Grep, err = e.search(w.Data, grep.Task{
			Start:    t.Range.Start,
			Mark:     mark,
			End:      int(t.Range.Len()),
			Binary:   t.Binary,
			Max:      t.Max,
			MaxSpans: t.MaxSpans,
			Release:  w.Release,
		})
	}
	return r, err
}

// reuse lets the next result have memory of one that was sent.
func (e *engine) reuse(r *Result) {
	switch {
	case e.rows != nil:
		e.rows.Reuse(&r.Rows)
	case e.grep != nil:
		e.grep.Reuse(&r.Grep)
	}
}

// search scans for patterns. A scanner keeps its error, so another one takes
// over after that.
func (e *engine) search(b []byte, t grep.Task) (grep.Result, error) {
	r, err := e.grep.Scan(b, t)
	if err != nil {
		e.grep = e.program.grep.Scanner()
	}
	return r, err
}

// Counter returns a counter for this job.
func (c *Count) Counter() *wc.Counter {
	counter := wc.NewCounter(c.Want, c.Locale)
	counter.PosixlyCorrect = c.PosixlyCorrect
	return counter
}

func count(c *Count, w *window.Window) wc.Counts {
	const step = 4 << 20
	counter := c.Counter()
	for i := 0; i < len(w.Data); i += step {
		counter.Add(w.Data[i:min(i+step, len(w.Data))])
		w.Release(i)
	}
	return counter.Counts()
}

func (e *engine) open(t *Task) (*window.Window, error) {
	if e.file == nil || e.at != t.Input {
		e.close()
		file, err := window.Open(t.Input)
		if err != nil {
			return nil, err
		}
		e.file, e.at = file, t.Input
	}
	return e.file.Map(t.Range.Start, t.Range.End+t.Ahead)
}

func (e *engine) close() {
	if e.file != nil {
		e.file.Close()
		e.file = nil
	}
}

// executable is the program that a child runs. On Linux the link stays good
// when the file is replaced by another version during the run.
func executable() (string, error) {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	return os.Executable()
}
