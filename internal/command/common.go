package command

import (
	"errors"
	"log/slog"
	"runtime"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// commonFlags are the options of every command that cuts files.
func commonFlags() []cli.Flag {
	const category = "How the work is done (the result is the same)"
	return []cli.Flag{
		&cli.StringFlag{Category: category, Name: "processes", Aliases: []string{"j"}, DefaultText: "the cores this process may use", Usage: "run `N` workers, as processes if --mode does not say otherwise"},
		&cli.StringFlag{Category: category, Name: "mode", DefaultText: "processes, but threads for less than 256 MiB, serial for one file up to 1 MiB", Usage: "run workers as `processes|threads|serial`"},
		&cli.StringFlag{Category: category, Name: "range-size", DefaultText: "up to 32M, 256M while little is found, 1G for counts, less towards the end", Usage: "cut files into ranges of about `SIZE` bytes (suffix K, M, G)"},
		&cli.StringFlag{Category: category, Name: "retries", Value: "3", Usage: "try a range `N` times more when its worker died"},
		&cli.StringFlag{Category: category, Name: "timeout", Value: "1m", Usage: "kill a worker that takes longer than `DURATION` for 16 MiB; 0 waits for ever"},
		&cli.StringFlag{Category: category, Name: "progress", Value: "auto", Usage: "show a progress bar `auto|always|never`; auto: on a terminal, after a second"},
		&cli.StringFlag{Category: category, Name: "log-level", Value: "warn", Usage: "log `debug|info|warn|error` and above to standard error"},
	}
}

// common is the value of commonFlags.
type common struct {
	workers   worker.Options
	auto      bool  // mode and workers were left to linefork
	rangeSize int64 // 0: by the size of each input
	progress  string

	decompress bool
	encoding   encodings
	cutting    *cutting
}

// threadsBelow is the size of all input, in bytes, below which starting children
// costs more than it saves. Counting lines on two cores, threads took 0.5 to
// 0.7 of the time of processes at 32 MiB, 0.75 at 128 MiB, and as much at 512.
const threadsBelow = 256 << 20

func parseCommon(c *cli.Context) (*common, error) {
	o := &common{cutting: newCutting(), progress: c.String("progress"), decompress: c.Bool("decompress"), auto: !c.IsSet("mode") && !c.IsSet("processes")}
	w := &o.workers
	w.Mode, w.Starting = worker.Processes, guard.Raise
	if c.IsSet("mode") {
		w.Mode = worker.Mode(c.String("mode"))
	}
	switch w.Mode {
	case worker.Processes, worker.Threads, worker.Serial:
	default:
		return nil, usageError(c, "invalid mode '%s'; it is processes, threads or serial", w.Mode)
	}
	w.Processes = runtime.GOMAXPROCS(0)
	if c.IsSet("processes") {
		n, ok := parseCount(c.String("processes"))
		if !ok || n < 1 || n > maxProcesses {
			return nil, usageError(c, "invalid number of processes '%s'; it is 1 to %d", c.String("processes"), maxProcesses)
		}
		w.Processes = int(n)
	}
	if c.IsSet("range-size") {
		var err error
		if o.rangeSize, err = gnu.ParseSize(c.String("range-size")); err != nil || o.rangeSize < 1 {
			return nil, usageError(c, "invalid range size '%s'", c.String("range-size"))
		}
	}
	retries, ok := parseCount(c.String("retries"))
	if !ok || retries > maxProcesses {
		return nil, usageError(c, "invalid number of retries '%s'", c.String("retries"))
	}
	w.Retries = int(retries)
	var err error
	if w.Timeout, err = time.ParseDuration(c.String("timeout")); err != nil || w.Timeout < 0 {
		return nil, usageError(c, "invalid timeout '%s'; write it as in 90s or 5m", c.String("timeout"))
	}
	switch o.progress {
	case "auto", "always", "never":
	default:
		return nil, usageError(c, "invalid progress '%s'; it is auto, always or never", o.progress)
	}
	var level slog.Level
	switch name := c.String("log-level"); name {
	case "debug", "info", "warn", "error":
		_ = level.UnmarshalText([]byte(name))
	default:
		return nil, usageError(c, "invalid log level '%s'; it is debug, info, warn or error", c.String("log-level"))
	}
	w.Log = logger(level)
	return o, nil
}

// maxProcesses is beyond any use, and keeps sums of it from overflowing.
const maxProcesses = 4096

// parseCount reads a decimal number that is not negative.
func parseCount(s string) (n uint64, ok bool) {
	if s == "" || len(s) > 19 {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + uint64(c-'0')
	}
	return n, true
}

// inlineUpTo is the size of a single file, in bytes, up to which it is searched
// by the goroutine that writes the result: it makes one range.
const inlineUpTo = 1 << 20

// pool starts the pool for so many inputs of total bytes, -1 for not known.
func (o *common) pool(job worker.Job, inputs int, total int64) (worker.Runner, error) {
	w := &o.workers
	if o.decompress && total > 0 {
		total *= compression
	}
	switch {
	case !o.auto:
	case inputs == 1 && 0 < total && total <= inlineUpTo && !o.decompress:
		w.Mode = worker.Threads // there are no children
		w.Log.Info("run", "worker", "coordinator", "mode", "inline", "processes", w.Processes, "bytes", total)
		return worker.NewDirect(job, w.Log) // it is a regular file, which nobody has to wait for
	case 0 <= total && total < threadsBelow:
		w.Mode = worker.Threads
	}
	w.Log.Info("run", "worker", "coordinator", "mode", string(w.Mode), "processes", w.Processes, "bytes", total)
	return worker.NewPool(job, *w)
}

// bar returns the progress bar for inputs of total bytes.
func (o *common) bar(total int64) *progress {
	if o.decompress {
		total = -1 // it is of compressed bytes
	}
	return newProgress(o.progress, total)
}

// ahead is how many ranges may wait for their turn.
func (o *common) ahead() int {
	if o.workers.Mode == worker.Inline {
		return 0
	}
	return min(4*o.workers.Processes, maxAhead)
}

// order is how the steps of a run go ahead.
func (o *common) order(ahead int, idle func()) merge.Order {
	return merge.Order{Ahead: ahead, Idle: idle, Stop: o.cutting.stop}
}

// maxAhead bounds the open inputs where each is one range.
const maxAhead = 1 << 10

// streamRange is the range size for a stream: its ranges are held in memory.
const streamRange = 4 << 20

// sizes are those of the ranges of an input, most the greatest of them if the
// user has not said so.
func (o *common) sizes(src split.Source, most int64) split.Sizes {
	switch {
	case o.rangeSize > 0:
		return split.Fixed(o.rangeSize)
	case src.Stream():
		return split.Fixed(streamRange)
	}
	return split.Guided(most, o.workers.Processes)
}

// paced are those sizes where the greatest changes with p. It returns p, or nil
// if the ranges of this input do not change.
func (o *common) paced(src split.Source, p *split.Pace) (split.Sizes, *split.Pace) {
	if o.rangeSize > 0 || src.Stream() {
		return o.sizes(src, 0), nil
	}
	return p.Guided(o.workers.Processes), p
}

// fatal tells whether an error ends the run, not only its input.
func fatal(err error) bool { return err != nil && !errors.As(err, new(*worker.InputError)) }
