// Package worker runs tasks in child processes, on goroutines, or on the calling goroutine. A task
// is one range of one input and what to do with it.
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
// Callers need not know more than [Runner] of what runs their tasks: a [Pool] of workers or, for a
// few KiB, a [Direct].
//
// # Processes
//
// A child is the same executable, started again with an environment variable that [Serve] looks
// for; a program that makes a Pool of processes must call Serve first thing in main. A child obeys
// only the coordinator that started it, whose token waits for it in its pipe. On Linux that is a pair
// of sockets, since with its first task on a file a child is handed that file. The design
// follows the coordinator and worker of Go's internal/fuzz: the coordinator's handle on a child is
// process, the child's end is server, and the pipe between them carries frames (package wire):
// first the [Job], then one [Task] after the other, each answered by a [Result] or by the error of
// the input.
//
// A result is committed as a whole or not at all. A child that dies, misses its deadline or breaks
// the protocol has committed nothing for its current task, and the task goes back to the queue. A
// task that has used up its retries fails with a [*WorkerError].
//
// An input that cannot be read does not mean that a worker broke: it is reported as an
// [*InputError], and not tried again. What [errors.Is] finds in it does not depend on where the
// task ran: system error numbers, [split.ReadError], [split.ErrReplaced], [split.ErrTruncated],
// [split.ErrChanged] and [unpack.ErrDamaged] are sent along.
//
// No child outlives its coordinator: it exits when its task pipe closes, which the kernel does
// however the coordinator ends. On Linux it also asks for a signal at the coordinator's death.
//
// # Kernels
//
// The packages below this one do the work: wc counts, rows selects CSV records, tally counts their
// keys, grep selects records by the patterns of regex, scan and multi search for bytes, charset
// handles encodings other than UTF-8, window maps files, and span encodes positions.
package worker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// Runner runs tasks. A task may be run more than once, if its worker breaks, and must not be
// changed after it was submitted.
type Runner interface {
	// Submit waits until the task can be taken, hands it over, and returns. The error is the cause
	// of ctx, or context.Canceled after Close.
	Submit(ctx context.Context, t *Task) (*Pending, error)
	// Do runs a task before all that are waiting, and returns its result. The errors are those of
	// Submit and of [Pending.Wait].
	Do(ctx context.Context, t *Task) (Result, error)
	// Status returns what each worker has done, and what it is at. Any goroutine may call it, also
	// after Close.
	Status() []Status
	// Close ends running tasks, and waits until every goroutine and child that was started has
	// ended.
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
	Final          bool // in small files, count a last line without a line feed
}

// Counter returns a counter for this job.
func (c *Count) Counter() *wc.Counter {
	counter := wc.NewCounter(c.Want, c.Locale)
	counter.PosixlyCorrect = c.PosixlyCorrect
	return counter
}

// Task is one range, or one batch of small files, and what to do with it beyond its Job.
type Task struct {
	Name  string        // of the input, for messages
	Input split.Locator // where to open the input
	Range split.Range
	// Incomplete says that the input cannot be read beyond Range. A last record without its
	// terminator may be the start of a longer one: it is not selected, but counted, as wc does.
	Incomplete bool

	Rows *rows.Task // set if the job has Rows
	Grep *grep.Task // set if the job has Grep

	Batch *Batch // if set, replaces Input and Range

	// Scanned, if set, is what the bytes are added to that were scanned, while the task runs. What
	// a worker scanned that broke is taken back.
	Scanned *atomic.Int64 `wire:"-"`
}

// Batch is several small files, which are read as a whole; see [SmallFile].
type Batch struct {
	Files       []folder.Place
	FollowLinks bool // also below folders that were named; elsewhere a link is Apart
	Unpack      bool // read the content of compressed files
	// UTF16Apart sets FileResult.Apart for files that start with a byte order mark of UTF-16.
	UTF16Apart bool
	// Header is what each file must start with in a Rows job. It does not count as a row.
	Header []byte
}

// Result is what a task yields. Exactly one of its fields is set: Batch if the task has a batch,
// else the field of the job.
type Result struct {
	Count *wc.Counts
	Rows  *rows.Result
	Grep  *grep.Result
	Batch []FileResult // one for each file
}

// FileResult is what a task yields for one file of its batch.
type FileResult struct {
	// Apart says that the file does not belong in a batch and needs a task of its own: it is longer
	// than SmallFile, is not a regular file, is a link, cannot be read to its end, is a damaged archive,
	// is in UTF-16, has another header, ends within quotes, or is a table with CRs and no LF. Nothing
	// else is known of it.
	Apart bool
	Err   error // why the file cannot be read or searched
	// Opened says that Err is not from opening the file.
	Opened bool
	Size   int64 // in bytes, after decompression

	// The field of the job is set, unless Apart or Err is.
	Count *wc.Counts
	Rows  *rows.Result // of what follows the header
	Grep  *grep.Result
	// Data is the content of the file, if there are spans in Grep.
	Data []byte
}

// InputError means that an input cannot be read or searched. Another try would not help.
type InputError struct {
	Name string // of the input
	Err  error
}

func (e *InputError) Error() string {
	err := e.Err
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the path may be the worker's, not the user's
	}
	return e.Name + ": " + err.Error()
}

func (e *InputError) Unwrap() error { return e.Err }

// WorkerError means that a task was given up after its workers broke.
type WorkerError struct {
	Task     *Task
	Attempts int
	Err      error // why the last worker broke
}

func (e *WorkerError) Error() string {
	where := fmt.Sprint(e.Task.Range)
	if b := e.Task.Batch; b != nil {
		where = fmt.Sprintf("one of %d files from here on", len(b.Files))
	}
	return fmt.Sprintf("%s: %s: gave up after %d attempts: %v", e.Task.Name, where, e.Attempts, e.Err)
}

func (e *WorkerError) Unwrap() error { return e.Err }
