package run

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"sync"

	"github.com/linefork/linefork/internal/descriptors"
	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// operation is what one operation does with inputs. The first methods are called
// on the goroutine that draws steps, the others on the one that takes results.
type operation interface {
	// open learns what must be known of an input before it is cut.
	open(in *input) error
	// ranges yields the ranges of an input from a file offset on, where a record
	// starts.
	ranges(in *input, from int64, s split.Sizes) iter.Seq2[split.Range, error]
	// sizes are those of the ranges of an input; the pace is nil where they stay as
	// they are.
	sizes(in *input) (split.Sizes, *split.Pace)
	// firstRange is how long ranges are before anything is found.
	firstRange() int64
	// task is the task of a range, whose result may take so many bytes, 0 for any
	// number.
	task(in *input, r split.Range, most int) *worker.Task
	// batches reports whether small files may be read together, as things stand, and
	// batch is the task for them, but for their paths.
	batches() bool
	batch() worker.Task
	// learn is called with each input that was opened, in order.
	learn(in *input)

	// begin starts an input.
	begin(in *input) error
	// take takes the result of the next range. [merge.ErrGivenUp] asks for shorter
	// ranges of the same bytes.
	take(in *input, t *worker.Task, r *worker.Result) error
	// end takes the end of an input, which was read to there.
	end(in *input) error
	// failed is called when an input broke. Its error ends the run.
	failed(in *input, err error) error
	// leave is the last call for an input, whether it broke or not. Its error ends the
	// run.
	leave(in *input) error
	// done reports whether nothing that follows in the current input matters.
	done() bool
	// enough reports whether no other input matters, either.
	enough() bool
	// found is what was found so far, in all inputs.
	found() found
	// flush writes what is buffered.
	flush() error
}

// input is one input of a run, from its opening to its end.
type input struct {
	name string
	file walk.File
	src  split.Source // nil if it could not be opened, or a worker has read it whole

	opened *split.Input // below src
	hole   *bool        // there is one; nil: not known yet

	// Of a file that a worker has read whole.
	size int64  // bytes
	data []byte // those of what was selected, if they are needed

	header  []byte // the header record of a table, with its terminator
	columns []int  // the numbers of the columns that matter, from 1

	// Of the goroutine that takes results.
	couldOpen bool
	begun     bool
	read      int64 // fileOffset up to which results were taken
	broken    bool  // its other results are void
	err       error // what it broke with

	// Of an input that is cut.
	done     chan struct{} // closed when no more of it is wanted
	left     chan struct{} // closed when it is left
	stopOnce sync.Once
}

func newInput(f walk.File) *input {
	return &input{name: f.Name, file: f, done: make(chan struct{}), left: make(chan struct{})}
}

// stop says that no more of the input is wanted, and ends its cutting.
func (in *input) stop() {
	if in.done == nil {
		return
	}
	in.stopOnce.Do(func() {
		close(in.done)
		if in.src != nil {
			in.src.Stop()
		}
	})
}

// changed returns an error if the input has been changed since it was opened.
func (in *input) changed() error {
	if in.opened == nil {
		return nil
	}
	return in.opened.Changed()
}

// named is the input as its user knows it.
func (in *input) named() Input {
	return Input{Name: in.name, Path: in.file.Place.Path, File: in.file.Shared}
}

// note goes with each step.
type note struct {
	in    *input
	point point
	err   error // at the end: the input cannot be read, or not to its end
	batch []walk.File
}

// point is a point in the order of steps.
type point uint8

const (
	atRange point = iota
	atBegin
	atEnd
)

type step = merge.Step[note]

// loop is the run of an operation.
type loop struct {
	*Options
	ctx    context.Context
	op     operation
	runner worker.Runner
	ahead  int // how many ranges may wait for their turn; 0: nothing runs beside the loop
	decode split.Decode
	output outputRule
	// folders opens the files that were found.
	folders *folder.Opener

	account account
	failed  error // the first input that failed, where there is no Report
	small   input // the current one that a worker has read whole

	// The inputs that are open: what draws steps adds to them, what takes results
	// closes them. The last one that was handed over open is stdin.
	mu      sync.Mutex
	open    map[*input]struct{}
	stdin   *input
	stopped chan struct{} // closed by stop
	stop    func()
}

// errEnough ends a run whose result is known.
var errEnough = errors.New("enough is known")

// carryOut runs an operation over all inputs: job is called when it is known what they
// are, and ready with what runs its tasks.
func (l *loop) carryOut(
	op operation, job func(*inputs) worker.Job, ready func(worker.Runner),
) error {
	l.Processes = l.processes() // now: Started may set GOMAXPROCS for the coordinator
	limit := descriptors.Limit()
	ahead := openAhead
	if descriptors.Few(limit) {
		ahead = 1
	}
	all := lookUp(l.Inputs, ahead)
	defer all.close()
	mode := l.mode(all)
	if err := enough(mode, limit); err != nil {
		return err
	}
	mode, l.Processes = fit(mode, l.Processes, limit)
	l.resources = findResources(mode, all)
	l.fitIn(&mode)
	runner, err := l.launch(mode, job(all), all)
	if err != nil {
		return err
	}
	l.open, l.stopped = make(map[*input]struct{}), make(chan struct{})
	l.stop = sync.OnceFunc(l.stopReading)
	defer l.close()
	defer runner.Close() // first: workers find inputs by what is open here
	switch {
	case mode == Inline:
		l.ahead = 0
	case descriptors.Few(limit):
		l.ahead = 1
	case l.ahead == 0:
		l.ahead = min(4*l.Processes, maxAhead)
	}
	if l.longest > 0 { // memory is short
		l.ahead = min(l.ahead, 2*l.Processes)
	}
	l.op, l.runner = op, runner
	ready(runner)
	l.started(mode, all)
	return l.run(all)
}

// fitIn makes do with the resources that there are.
func (l *loop) fitIn(mode *worker.Mode) {
	wanted, workers := *mode, l.Processes
	*mode, l.Processes = l.resources.fit(wanted, workers)
	l.longest = l.resources.longest(*mode, l.Processes)
	if *mode != wanted || l.Processes != workers || l.longest > 0 {
		l.log().Info("little memory, or few processes", "mode", string(*mode),
			"processes", l.Processes, "longest range", l.longest)
	}
}

// started tells what is known before the first input is read.
func (l *loop) started(mode worker.Mode, all *inputs) {
	l.account.total = l.statusTotal(all)
	l.account.found(l.op.found())
	if l.Started == nil {
		return
	}
	l.Started(Start{Mode: mode, Infos: all.infos(l.Decompress), Status: func() Status {
		s := l.account.status()
		s.Workers = l.runner.Status()
		return s
	}})
}

// run takes the results of all inputs.
func (l *loop) run(all *inputs) error {
	find := l.Find.options(!l.CLocale)
	l.folders = find.Opener()
	defer l.folders.Close()
	err := l.all(l.steps(all.files(find)))
	switch {
	case err == errEnough:
		return nil
	case err != nil && cause(l.ctx) == nil:
		_ = l.op.flush() // what is written must not end within a line
	}
	return err
}

// stopReading ends all reading of inputs: no more of them is wanted.
func (l *loop) stopReading() {
	close(l.stopped)
	l.mu.Lock()
	defer l.mu.Unlock()
	for in := range l.open {
		in.src.Stop()
	}
}

// close closes the inputs that are still open; none is being read.
func (l *loop) close() {
	for in := range l.open {
		in.src.Close()
	}
}

// all takes the results of steps. Its error ends the run.
func (l *loop) all(steps iter.Seq[step]) error {
	var flushed error
	order := merge.Order{
		Ahead: l.ahead,
		Idle:  func() { flushed = cmp.Or(flushed, l.op.flush()) },
		Stop:  l.stop,
	}
	for d := range merge.Ordered(l.ctx, l.runner, order, steps) {
		err := flushed
		switch {
		case err != nil:
		case d.Err == nil && len(d.Note.batch) > 0:
			err = l.batch(d.Task, d.Note.batch, d.Result.Batch)
		default:
			err = l.step(&d)
		}
		if err != nil {
			return err
		}
	}
	return flushed
}

// step takes the next result, or the start or the end of an input. Its error ends
// the run.
func (l *loop) step(d *merge.Done[note]) error {
	n, in := &d.Note, d.Note.in
	if in == nil { // a batch that was not run
		return d.Err
	}
	err := d.Err
	if err == nil {
		err = l.cutOff(&d.Step)
	}
	if end, ok := l.readable(&d.Step, err); ok {
		return l.all(l.upTo(in, d.Task, end, err.(*worker.InputError).Err))
	}
	switch {
	case err != nil || in.broken:
	case n.err != nil && in.begun && l.op.done():
		// What is wrong after the last record that matters may be found or not:
		// reading was ended there.
		if n.point == atEnd {
			err = l.end(in)
		}
	case errors.As(n.err, new(*walk.Loop)):
		l.report(Message{Err: n.err, Warning: true})
	case n.err != nil:
		err = &worker.InputError{Name: in.name, Err: n.err}
	case n.point == atEnd:
		err = l.end(in)
	case n.point == atBegin:
		in.begun = true
		in.read = in.src.Start() + int64(len(in.header))
		l.account.began(in.name)
		err = l.op.begin(in)
	case l.op.done():
	default:
		err = l.op.take(in, d.Task, &d.Result)
		if err == merge.ErrGivenUp {
			return l.all(l.again(in, d.Task))
		}
		if err == nil {
			in.read = d.Task.Range.End
		}
		l.account.found(l.op.found())
	}
	if err := l.settle(in, err); err != nil {
		return err
	}
	if l.op.done() {
		in.stop()
	}
	if n.point != atEnd && !l.op.enough() {
		return nil
	}
	return l.leave(in)
}

// end takes the end of an input. That it was changed is an error, if it must not be, or else a
// warning.
func (l *loop) end(in *input) error {
	if err := l.unchanged(in); err != nil {
		return err
	}
	if err := l.op.end(in); err != nil || l.Unchanged {
		return err
	}
	if err := in.changed(); err != nil {
		l.report(Message{Input: in.name, Err: err, Warning: true})
	}
	return nil
}

// unchanged returns an error if an input was changed that must not be.
func (l *loop) unchanged(in *input) error {
	if !l.Unchanged {
		return nil
	}
	if err := in.changed(); err != nil {
		return &worker.InputError{Name: in.name, Err: err}
	}
	return nil
}

// settle reports an error of an input, and returns one that ends the run.
func (l *loop) settle(in *input, err error) error {
	switch {
	case err == nil || in.broken && !fatal(err):
		return nil
	case fatal(err):
		return err
	}
	if ended := cause(l.ctx); ended != nil {
		return ended // and so did the reading
	}
	in.broken, in.err = true, err
	in.stop()
	l.report(Message{Input: in.name, Err: err.(*worker.InputError).Err})
	return cmp.Or(l.failed, l.op.failed(in, err))
}

// fatal reports whether an error ends the run, not only its input.
func fatal(err error) bool {
	_, ok := err.(*worker.InputError)
	return !ok
}

// report says something about an input, after what was written before.
func (l *loop) report(m Message) {
	_ = l.op.flush() // an error comes back
	switch {
	case l.Report != nil:
		l.Report(m)
	case !m.Warning && l.failed == nil:
		l.failed = &worker.InputError{Name: m.Input, Err: m.Err}
	}
}

// leave ends an input.
func (l *loop) leave(in *input) error {
	err := l.op.leave(in)
	l.account.found(l.op.found())
	switch {
	case err != nil: // what draws steps may still be reading it
	case l.op.enough():
		err = errEnough
	case in.src != nil:
		l.mu.Lock()
		delete(l.open, in)
		l.mu.Unlock()
		l.account.left(in)
		in.src.Close()
	}
	if in.left != nil {
		close(in.left)
	}
	return err
}

// file yields the steps of a file; more is false if the consumer wants no more.
func (l *loop) file(f walk.File, err error, yield func(step) bool) (more bool) {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		f.Name, err = e.Path, e.Err
	}
	in := newInput(f)
	if err == nil {
		err = l.start(in)
	}
	if err == walk.ErrLeftOut {
		return true
	}
	if err == nil {
		if more, err = l.cut(in, yield); !more {
			return false
		}
	}
	return yield(step{Note: note{in: in, point: atEnd, err: err}})
}

// start opens an input.
func (l *loop) start(in *input) error {
	f := &in.file
	if f.Shared != nil {
		// The one before says where this one begins.
		if err := l.awaitStdin(in); err != nil {
			return err
		}
	}
	opened, err := f.Open(l.folders)
	if err != nil {
		return err
	}
	in.couldOpen = true
	if l.output.refuses(f, l.output.is(opened.Info())) {
		opened.Close()
		return ErrInputIsOutput
	}
	src, err := opened.Source(l.decode)
	if err != nil {
		opened.Close()
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	in.src, in.opened = src, opened
	l.open[in] = struct{}{}
	select {
	case <-l.stopped: // and did not know this one
		src.Stop()
	default:
	}
	return nil
}

// awaitStdin waits until the last input that was handed over open is left.
func (l *loop) awaitStdin(in *input) error {
	last := l.stdin
	l.stdin = in
	if last == nil {
		return nil
	}
	select {
	case <-last.left:
		return nil
	case <-l.stopped:
		return context.Canceled
	}
}

// ErrInputIsOutput is for an input that is also the output, which would grow forever.
var ErrInputIsOutput = errors.New("input file is also the output")

// cut yields the start and the ranges of an input; more is false if the consumer
// wants no more.
func (l *loop) cut(in *input, yield func(step) bool) (more bool, err error) {
	if err := l.op.open(in); err != nil {
		return true, err
	}
	if !yield(step{Note: note{in: in, point: atBegin}}) {
		return false, nil
	}
	sizes, pace := l.op.sizes(in)
	for r, err := range l.op.ranges(in, in.src.Start()+int64(len(in.header)), sizes) {
		if err != nil {
			if s, ok := l.remainder(in, r, err); ok && !yield(s) {
				return false, nil
			}
			return true, err
		}
		t := l.task(in, r, pace.Bound(r))
		if !yield(step{Task: t, Note: note{in: in}, Void: in.done}) {
			return false, nil
		}
	}
	return true, nil
}

func (l *loop) task(in *input, r split.Range, most int) *worker.Task {
	t := l.op.task(in, r, most)
	t.Scanned = l.account.meter(in)
	return t
}

// again yields the steps of a range whose result was given up.
func (l *loop) again(in *input, t *worker.Task) iter.Seq[step] {
	if t.Scanned != nil {
		t.Scanned.Add(-t.Range.Len())
	}
	return func(yield func(step) bool) {
		sizes := l.Options.sizes(in.src, l.op.firstRange())
		for r, err := range split.Within(l.op.ranges(in, t.Range.Start, sizes), t.Range.End) {
			s := step{Note: note{in: in, err: err}, Void: in.done}
			if err == nil {
				s.Task = l.task(in, r, 0)
			}
			if !yield(s) {
				return
			}
		}
	}
}
