// Package worker runs tasks, each one range of one input and what to do with
// it, on child processes, on goroutines, or in the calling goroutine.
//
//	pool, err := worker.NewPool(worker.Job{Rows: &spec}, worker.Options{
//		Mode: worker.Processes, Processes: 8,
//	})
//	defer pool.Close()
//	pending, err := pool.Submit(ctx, &worker.Task{
//		Name: name, Input: locator, Range: r, Rows: &rows.Task{Columns: []int{1}},
//	})
//	…
//	result, err := pending.Wait(ctx)
//
// A [Runner] is all that callers need to know of what runs their tasks: a [Pool]
// of workers, or for a few KiB a [Direct].
//
// # Processes
//
// A child is this same executable, started again with an environment variable
// that [Serve] looks for; a program that makes a Pool of processes must call
// Serve first thing in main. The pair is modelled on the coordinator and
// worker of Go's internal/fuzz: the coordinator's handle on a child is
// process, the child's end is server, and the pipe between them carries frames
// (package wire), first the [Job], then one [Task] after the other, each answered
// by one [Result] or by the error of the input.
//
// A result is committed as a whole or not at all. A child that dies, gives no
// answer within its deadline or breaks the protocol has committed nothing for
// the current task, and the task goes back to the queue. A task that has used
// up its retries fails with a [*WorkerError]. An input that cannot be read does not
// mean that a worker broke: it is reported as an [*InputError] and not tried again.
// What [errors.Is] finds in that does not depend on where the task ran: error
// numbers of the system, [split.ErrReplaced], [split.ErrTruncated],
// [split.ErrChanged], [regex.ErrLimit] and the like travel with it.
//
// No child outlives its coordinator: it leaves when its task pipe closes,
// which the kernel does whichever way the coordinator goes, and on Linux it
// also asks for a signal on the coordinator's death.
//
// # Kernels
//
// What does the work is in the folders below: wc counts, rows selects CSV records,
// tally counts their keys, grep selects records by the patterns of regex, scan and
// multi search bytes, charset knows other encodings than UTF-8, window maps files,
// and span says where something stands.
package worker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// Runner runs tasks. Each of them is run once, or as often as it takes workers to
// get to its end; it must not be changed after it was handed over.
type Runner interface {
	// Submit waits until the task can be taken, hands it over, and returns. The error
	// is why ctx is done, or context.Canceled after Close.
	Submit(ctx context.Context, t *Task) (*Pending, error)
	// Do runs a task before all that are waiting, and returns its result. The error
	// is one of Submit or of [Pending.Wait].
	Do(ctx context.Context, t *Task) (Result, error)
	// Close ends what is running, and waits until every goroutine and child that was
	// started has ended.
	Close()
}

// Job is what a run does with every range. Exactly one of its fields is set.
type Job struct {
	Count *Count
	Rows  *rows.Spec
	Grep  *grep.Spec
}

// Count is the job of counting.
type Count struct {
	Want           wc.Want
	Locale         locale.Locale
	PosixlyCorrect bool // see wc.Counter
	Final          bool // in small files, a last line that has no line feed is one, too
}

// Counter returns a counter for this job.
func (c *Count) Counter() *wc.Counter {
	counter := wc.NewCounter(c.Want, c.Locale)
	counter.PosixlyCorrect = c.PosixlyCorrect
	return counter
}

// Task is one range, or one batch of small files, and what is particular to it.
type Task struct {
	Name  string        // the input's, for messages
	Input split.Locator // where it is opened
	Range split.Range

	Rows *rows.Task // set if the job has Rows
	Grep *grep.Task // set if the job has Grep

	Batch *Batch // if set, replaces Input and Range
}

// Batch is several small files that are read whole; see [SmallFile].
type Batch struct {
	Paths  []string
	Unpack bool // what the files hold is read where they are compressed
	// UTF16Apart has files that begin with a byte order mark of UTF-16 read apart.
	UTF16Apart bool
	// Header is what each file must begin with in a Rows job. It does not count as a
	// row.
	Header []byte
}

// Result is what a task yields. Exactly one of its fields is set: Batch if the
// task's is, or else the field of the job.
type Result struct {
	Count *wc.Counts
	Rows  *rows.Result
	Grep  *grep.Result
	Batch []FileResult // one for each path
}

// FileResult is what a task yields for one file of its batch.
type FileResult struct {
	// Apart says that the file does not belong in a batch: it has more bytes than
	// SmallFile, is not a regular file, is a damaged archive, is in UTF-16, has
	// another header, ends within quotes or has CRs and no LF as a table. Nothing else is known of it.
	Apart bool
	Err   error // why the file cannot be read or searched; nil if it was
	// Opened says that Err is not from opening the file.
	Opened bool
	Size   int64 // bytes, after unpacking

	// The field of the job is set, if Apart is not and Err is nil.
	Count *wc.Counts
	Rows  *rows.Result // of what follows the header
	Grep  *grep.Result
	// Data is what the file holds, if there are spans in Grep.
	Data []byte
}

// InputError is for an input that cannot be read or searched. Another try would not
// help.
type InputError struct {
	Name string // the input's
	Err  error
}

func (e *InputError) Error() string {
	err := e.Err
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the path may be one of the worker's own
	}
	return e.Name + ": " + err.Error()
}

func (e *InputError) Unwrap() error { return e.Err }

// WorkerError is for a task that was given up after its workers broke.
type WorkerError struct {
	Task     *Task
	Attempts int
	Err      error // why the last worker broke
}

func (e *WorkerError) Error() string {
	return fmt.Sprintf("%s: %v: gave up after %d attempts: %v",
		e.Task.Name, e.Task.Range, e.Attempts, e.Err)
}

func (e *WorkerError) Unwrap() error { return e.Err }
