// Package worker runs tasks, each one range of one input and what to do with
// it, on child processes, on goroutines, or one after the other.
//
//	pool, err := worker.NewPool(worker.Job{Filter: &spec}, worker.Options{Processes: 8})
//	defer pool.Close()
//	pending, err := pool.Submit(ctx, task)
//	…
//	result, err := pending.Wait(ctx)
//
// # Processes
//
// A child is this same executable, started again with an environment variable
// that [Serve] looks for; a program that makes a Pool of processes must call
// Serve first thing in main. The pair is modelled on the coordinator and
// worker of Go's internal/fuzz: the coordinator's handle on a child is
// process, the child's end is server, and the pipe between them carries frames
// (frame.go), first the [Job], then one [Task] after the other, each answered
// by one [Result].
//
// A result is committed as a whole or not at all. A child that dies, gives no
// answer within its deadline or breaks the protocol has committed nothing for
// the task in hand, and the task goes back to the queue. A task that has used
// up its retries fails with a [*WorkerError]. An input that cannot be read is
// not a broken worker: it is reported as an [*InputError] and not tried again.
//
// No child outlives its coordinator: it leaves when its task pipe closes,
// which the kernel does whichever way the coordinator goes, and on Linux it
// also asks for a signal on the coordinator's death.
//
// The kernels that do the work are in the folders below: wc counts, rows
// selects CSV records, tally counts their keys, grep selects records by the patterns of regex, scan and
// multi search bytes, charset knows other encodings than UTF-8, window maps files,
// span says where something stands.
package worker

import (
	"fmt"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// Job is what a run does with every range. One of its fields is set.
type Job struct {
	Count  *Count
	Filter *rows.Spec
	Grep   *grep.Spec
}

// Count is the job of counting.
type Count struct {
	Want           wc.Want
	Locale         locale.Locale
	PosixlyCorrect bool // see wc.Counter
}

// Task is one range and what is particular to it.
type Task struct {
	Name  string        // the input's name, for messages
	Input split.Locator // where it is opened
	Range split.Range

	// Max is how many rows or records to find at most, 0 for no limit.
	Max uint64
	// MaxSpans is how many bytes the places of them may take, 0 for no limit: a
	// result that would take more is given up, for the range to be cut again.
	MaxSpans int

	// For a Filter job.
	Column int        // 1-based number of the key field
	Start  rows.State // what the range begins in

	// For a Grep job.
	Ahead  int64 // how many bytes behind the range may be looked at
	Mark   bool  // a byte order mark that the range begins with is no text
	Binary bool  // the input is binary from its start

	Unpack bool // the files of the batch, where they are compressed
	Marks  bool // files of the batch in UTF-16, by their byte order mark, are large
	// Batch, if not empty, are the paths of small files to search whole, in the
	// place of the one above.
	Batch []string
	// Header is what each file of the batch of a Filter job must begin with; it
	// is no row.
	Header []byte
}

// Result is what a task yields; the field of its job is set.
type Result struct {
	Counts wc.Counts
	Rows   rows.Result
	Grep   grep.Result
	Batch  []FileResult // one for each file of the task's
}

// InputError is for a range that cannot be read; a second try would not help.
type InputError struct {
	Name string // the input
	Err  error
}

func (e *InputError) Error() string { return e.Name + ": " + e.Err.Error() }
func (e *InputError) Unwrap() error { return e.Err }

// WorkerError is for a task that was given up after its workers broke.
type WorkerError struct {
	Task     Task
	Attempts int
	Err      error // why the last worker broke
}

func (e *WorkerError) Error() string {
	return fmt.Sprintf("%s: %v: gave up after %d attempts: %v", e.Task.Name, e.Task.Range, e.Attempts, e.Err)
}
func (e *WorkerError) Unwrap() error { return e.Err }
