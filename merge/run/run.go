// Package run carries out an operation over all inputs of a run: it opens them and cuts
// them into ranges, has workers search these, and merges what they report, in order.
// It is the library under the command line.
//
//	func main() {
//		worker.Serve() // this program is its own workers, too
//		counts, err := run.Count(ctx, run.CountOptions{
//			Options: run.Options{Inputs: run.Paths("taxi.csv")},
//		})
//		…
//	}
//
// [Count] counts lines, words, characters and bytes, [CountRecords] CSV records,
// [CountBy] the rows of each key; [Filter] writes the CSV rows that meet some
// conditions, and [Grep] the lines that match a pattern. The zero value of every
// options struct does what is obvious.
//
// # What is promised
//
// The bytes, their order, and the counts are those of the sequential tools (wc, GNU
// grep, an RFC 4180 reader) however many workers there are and wherever the inputs are
// cut. A worker that dies, hangs or breaks the protocol has added nothing to the
// result, and its task goes to another worker. Memory is bounded at any size of input,
// of output and of line.
//
// # Workers
//
// Tasks run in child processes, on goroutines, or on the goroutine of the caller; see
// Options.Mode. A child is the same program, started again: [worker.Serve] makes it a
// worker. In a program whose main does not call that, tasks run on goroutines.
//
// Several operations may run at once. The functions in options are called on the
// goroutine that called the operation, except Hold and ChildrenStarted.
//
// # Units
//
// Sizes and offsets are in bytes. An offset that is written counts from the start of its
// input, for an [Input] with a File from where that stood; one in an error is that in the
// file. For an archive both are offsets in what it holds, for UTF-16 in the same text in
// UTF-8. Lines and columns are numbered from 1.
//
// # Errors
//
// An input that cannot be read, or not to its end, goes to Options.Report with the
// reason, and the others are still read. Without a Report the first such input ends the
// operation with a [*worker.InputError]. Reasons keep their kind also where a child met
// them: errors.Is finds [fs.ErrNotExist], [split.ErrReplaced], [split.ErrTruncated],
// [split.ErrChanged], [ErrLimit], [ErrDamaged] and so on; a [*OpenQuoteError], a [*ReadError] and
// a [*NoColumnError] are reasons, too. What was read of an input before it could not be read any more
// is searched and counted.
//
// Any other error ends the operation:
//
//   - why ctx is done (its cause);
//   - a [*output.Error]: the output cannot be written;
//   - a [*worker.WorkerError]: a task was given up after its workers broke;
//   - a wrong option: a [*PatternError], [worker.ErrNotServed], an unknown encoding, a
//     dialect whose bytes do not go together;
//   - what a function in the options returned.
//
// # How it ends
//
// When an operation returns, also early, no goroutine, child process or temporary file
// of it is left, and every input that it opened is closed. Its output is the caller's
// to commit, or to give up after an error.
package run

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"time"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/worker"
)

// Input is an input of a run. Any file can be one: a regular file is mapped, a pipe or a
// device is read as it comes.
type Input struct {
	Name string   // what it is called in results and messages
	Path string   // where it is opened, when its turn comes or shortly before
	File *os.File // if set, is read from its offset on instead, and stays open
	Err  error    // if set, is reported instead, when its turn comes
}

// Paths returns inputs that are called by their paths. No name has a special meaning:
// standard input is an Input with a File.
func Paths(paths ...string) []Input {
	inputs := make([]Input, len(paths))
	for i, path := range paths {
		inputs[i] = Input{Name: path, Path: path}
	}
	return inputs
}

// Options are those of every operation. The zero value has no inputs, and otherwise
// does what is right for most: text is in UTF-8, the first input that fails ends the
// operation, and the workers suit the inputs.
type Options struct {
	// Inputs are read in this order. Without any, nothing is read; or with
	// Find.Directories Recurse, the files below the working directory.
	Inputs []Input
	Find   Find

	Decompress bool // read what gzip, bzip2, xz, zstd and lz4 archives hold
	// CLocale takes each byte for a character, as the C locale does: in patterns, in
	// counts, in names. Otherwise text is in UTF-8.
	CLocale bool
	// Unchanged makes it an error ([split.ErrChanged]) if a regular file was changed while it
	// was read, as far as its size and times tell; one that only became larger was not. Without
	// it there is a warning, except for small files, which are read at once.
	Unchanged bool

	// How the work is done; the result is the same.

	// Mode is where tasks run; "" chooses by the size of the inputs. Processes need a
	// main that begins with [worker.Serve], and are not chosen without that.
	Mode      worker.Mode
	Processes int           // number of workers; 0: GOMAXPROCS when the operation begins
	RangeSize int64         // bytes of a range; 0 chooses by the size of the input
	Retries   int           // of a task whose worker broke; 0: 3, negative: none
	Timeout   time.Duration // see [worker.Options.Timeout]; 0: a minute, negative: none
	Log       *slog.Logger  // nil: nothing is logged

	// Each of these may be nil.

	// Report is called with each input that failed, and with what else is worth a
	// message, after the output of the inputs before. Without it the first input that
	// fails ends the operation, and warnings are dropped.
	Report func(Message)
	// Started is called once, when something is known of the inputs.
	Started func(Start)
	// Hold is called before something is made that must be put away before the process
	// ends: children, temporary files. It may be called again.
	Hold func()
	// ChildrenStarted is called, on any goroutine, when each worker has a child.
	ChildrenStarted func()

	resources resources // of the current run
	longest   int64     // bytes of its longest range, 0 if memory does not limit that
}

// Start is what is known of a run when its work starts.
type Start struct {
	Mode worker.Mode // where tasks run; maybe Inline
	// Status returns how far the run has come. Any goroutine may call it, also after the
	// end of the run.
	Status func() Status
	// Infos describe Options.Inputs, nil for what is not there. An archive that is
	// decompressed is described as a pipe: how much it holds is not known.
	Infos []fs.FileInfo
}

// Message is something to be said about an input, or a warning about a pattern.
type Message struct {
	Input string // its name; none for a [PatternWarning] and a [*LinkLoop]
	Err   error  // the reason, without the name of the input
	// Warning says that the input is read all the same.
	Warning bool
}

// Encoding says what inputs are written in. With the zero value they are bytes, or
// UTF-16 where they begin with its byte order mark, and so is the output.
type Encoding struct {
	// Name is that of an encoding, as gb18030 or shift_jis (see [charset.Lookup]); ""
	// is the default above. With a name, keys and patterns are in UTF-8.
	Name string
	// Raw says that a byte order mark of UTF-16 means nothing.
	Raw bool
	// OutputUTF8 writes UTF-8 instead of what the input is in.
	OutputUTF8 bool
}

func (o *Options) processes() int {
	switch {
	case o.Mode == worker.Serial:
		return 1
	case o.Processes > 0:
		return o.Processes
	}
	return runtime.GOMAXPROCS(0)
}

func (o *Options) log() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// directUpTo is the size of a single file, in bytes, up to which it is searched by
// the goroutine that writes the result: it makes one range.
const directUpTo = 1 << 20

// threadsBelow is the size of all inputs, in bytes, below which starting children
// costs more than it saves. Counting lines on two cores, threads took 0.5 to 0.7 of
// the time of processes at 32 MiB, 0.75 at 128 MiB, and as much at 512.
const threadsBelow = 256 << 20

// compression is about how much longer than an archive its content is.
const compression = 4

// Inline is the mode of a run without workers: tasks run on the goroutine of the caller. It is chosen
// for one small file, and cannot be asked for.
const Inline worker.Mode = "inline"

// mode chooses where tasks run.
func (o *Options) mode(in *inputs) worker.Mode {
	known := in.known
	if o.Decompress {
		known *= compression
	}
	switch {
	case o.Mode != "":
		return o.Mode
	case in.single() && 0 < known && known <= directUpTo && !o.Decompress:
		return Inline // a regular file, whose reading does not wait
	case known < threadsBelow || !worker.Served():
		return worker.Threads
	}
	return worker.Processes
}

// launch makes what runs the tasks of a job.
func (o *Options) launch(mode worker.Mode, job worker.Job, in *inputs) (worker.Runner, error) {
	o.log().Info("run", "worker", "coordinator", "mode", string(mode),
		"processes", o.processes(), "bytes", in.total())
	if mode == Inline {
		return worker.NewDirect(job, o.Log)
	}
	w := worker.Options{Mode: mode, Processes: o.processes(), Log: o.Log,
		Starting: o.Hold, AllStarted: o.ChildrenStarted, Killed: o.resources.killed}
	switch {
	case o.Retries == 0:
		w.Retries = 3
	case o.Retries > 0:
		w.Retries = o.Retries
	}
	switch {
	case o.Timeout == 0:
		w.Timeout = time.Minute
	case o.Timeout > 0:
		w.Timeout = o.Timeout
	}
	return worker.NewPool(job, w)
}

// statusTotal is the number of bytes of all inputs, -1 if unknown.
func (o *Options) statusTotal(in *inputs) int64 {
	if in.folders || o.Find.Directories == walk.Recurse {
		return -1
	}
	return in.total()
}

// cause is why ctx is done, nil if it is not.
func cause(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return context.Cause(ctx)
}
