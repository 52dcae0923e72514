// Package bench compares linefork with itself and with the tools that people use for the same jobs:
//
//   - count: the number of lines of a file, as wc -l, grep -c and rg -c with an empty pattern, and
//     mawk 'END{print NR}' print it;
//   - filter: the rows whose column equals a key, as grep '^KEY,', rg and mawk -F, '$1=="KEY"'
//     print them;
//   - grep: the lines that match one of several patterns of different kinds, as grep and rg count
//     or print them.
//
// linefork runs in each of its modes, serial, threads and processes, the last two with each of the
// given numbers of workers. The other tools, its peers, are those found on PATH; the report lists
// the rest as not installed.
//
// # What is measured
//
// A measurement is the wall time of one whole command, from before it is started until it has ended
// and its output has been read: the time that its user waits. The commands run one at a time, in
// rounds. A round runs every command once, so that a machine that becomes slower or faster favours
// none of them. The first rounds warm up the page cache and are not counted. Each round starts with
// another command.
//
// The times reported are medians. A ratio of two commands is the median of their ratios in each
// round: it compares runs that are close in time, and so is steadier than a ratio of medians.
//
// # What is checked
//
// A fast wrong answer is worth nothing, so every run of every command is checked, even during
// warm-up. The number that count prints, and the number of lines and the SHA-256 of the rows that
// filter prints, must be those of the first run of linefork in serial mode. A difference is
// reported at once, marked in the table, and makes [Run] fail, as does a command that fails. The
// peers know bytes, not CSV, and run with LC_ALL=C: if the file has quoted fields, they may be the
// ones that are wrong.
//
// The output of filter is hashed as it arrives, and never stored. For the same rows that takes the
// same time, whichever command prints them.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/linefork/linefork/bench/taxi"
)

// JobNames are the jobs that can be measured.
var JobNames = []string{"count", "filter", "grep"}

// Defaults of the options that have one.
const (
	DefaultSize   = 1_000_000_000
	DefaultKey    = taxi.Planted
	DefaultColumn = 1
	DefaultRuns   = 5
	DefaultWarmup = 1
)

// The errors of Run wrap these.
var (
	ErrAnswersDiffer = errors.New("answers differ")
	ErrCommandFailed = errors.New("command failed")
)

// Options say what to measure. The zero value of a field means its default, except for Warmup.
type Options struct {
	Self string // path of the linefork executable; default: this one

	// File is the file to read. If it is empty, a taxi file of Size bytes is made in a temporary
	// folder and removed when Run returns.
	File string
	Size int64

	Jobs   []string // from JobNames; default: all
	Key    string   // key to filter by
	Column int      // its column, from 1

	Runs   int // counted runs of each command
	Warmup int // uncounted runs of each command before those

	// Processes are the numbers of workers to measure with. The default is 1, 2, 4 and so on, and
	// finally the number of cores.
	Processes []int

	JSON   bool      // one JSON document instead of text
	Stdout io.Writer // the report
	Stderr io.Writer // differences and, on a terminal, progress

	// Creating, if set, is called before the first file is made or command is run. None may be left
	// behind if the program is interrupted.
	Creating func()
}

func (o Options) withDefaults() (Options, error) {
	if len(o.Jobs) == 0 {
		o.Jobs = JobNames
	}
	for _, name := range o.Jobs {
		if !slices.Contains(JobNames, name) {
			return o, fmt.Errorf("no job is called %q; there are %s", name,
				strings.Join(JobNames, ", "))
		}
	}
	if o.Size < 0 || o.Column < 0 || o.Runs < 0 || o.Warmup < 0 {
		return o, errors.New("size, column and numbers of runs must not be negative")
	}
	if o.Self == "" {
		self, err := os.Executable()
		if err != nil {
			return o, fmt.Errorf("find the linefork executable: %w", err)
		}
		o.Self = self
	}
	if o.Size == 0 {
		o.Size = DefaultSize
	}
	if o.Key == "" {
		o.Key = DefaultKey
	}
	if o.Column == 0 {
		o.Column = DefaultColumn
	}
	if o.Runs == 0 {
		o.Runs = DefaultRuns
	}
	if len(o.Processes) == 0 {
		o.Processes = defaultProcesses(runtime.GOMAXPROCS(0))
	}
	if slices.Min(o.Processes) < 1 {
		return o, errors.New("number of processes must be at least 1")
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	return o, nil
}

func defaultProcesses(cores int) []int {
	var ns []int
	for n := 1; n < cores; n *= 2 {
		ns = append(ns, n)
	}
	return append(ns, cores)
}

// Run measures the jobs and writes the report. If answers differ or commands fail, the report is
// complete nevertheless, and Run returns an error. If ctx is cancelled, Run ends the running
// command, removes the file it made and returns ctx.Err().
func Run(ctx context.Context, o Options) (err error) {
	defer func() {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	o, err = o.withDefaults()
	if err != nil {
		return err
	}
	if o.Creating != nil {
		o.Creating()
	}
	progress := newProgress(o.Stderr)
	defer progress.clear()

	r := &report{Runs: o.Runs, Warmup: o.Warmup, Machine: thisMachine()}
	file, remove, err := input(ctx, o, progress)
	defer func() {
		if e := remove(); err == nil && e != nil {
			err = fmt.Errorf("remove the taxi file: %w", e)
		}
	}()
	if err != nil {
		return err
	}
	progress.show("reading %s", file.path)
	r.File, err = inspect(ctx, file)
	if err != nil {
		return err
	}
	peers, missing := findPeers(ctx)
	r.Linefork, r.Peers, r.Missing = version(ctx, o.Self, "--version"), peers, missing

	emit := func(s string) error {
		progress.clear()
		if _, err := io.WriteString(o.Stdout, s); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		return nil
	}
	if !o.JSON {
		if err := emit(r.text()); err != nil {
			return err
		}
	}
	for _, p := range jobs(o, file.path, peers) {
		j, err := runJob(ctx, o, p, r.File, progress)
		if err != nil {
			return err
		}
		r.Jobs = append(r.Jobs, j)
		if !o.JSON {
			if err := emit(j.text()); err != nil {
				return err
			}
		}
	}
	if o.JSON {
		s, err := r.json()
		if err != nil {
			return err
		}
		if err := emit(s); err != nil {
			return err
		}
	}
	return r.verdict()
}

// verdict returns an error that names the commands whose answers differ or that failed.
func (r *report) verdict() error {
	var differ, failed []string
	for _, j := range r.Jobs {
		for _, c := range j.Commands {
			if c.Differs {
				differ = append(differ, c.Name)
			}
			if c.Failure != "" {
				failed = append(failed, c.Name)
			}
		}
	}
	var errs []error
	if differ != nil {
		errs = append(errs, fmt.Errorf("%w: %s", ErrAnswersDiffer, strings.Join(differ, ", ")))
	}
	if failed != nil {
		errs = append(errs, fmt.Errorf("%w: %s", ErrCommandFailed, strings.Join(failed, ", ")))
	}
	return errors.Join(errs...)
}

// source is the file to read. An absolute path cannot be mistaken for an option, nor for an
// assignment by awk.
type source struct {
	path      string // absolute
	generated bool
}

// input returns the file to read, and makes it if none is given. The function that it returns
// removes what was made; it is never nil.
func input(ctx context.Context, o Options, progress *progress) (source, func() error, error) {
	nothing := func() error { return nil }
	if o.File != "" {
		path, err := filepath.Abs(o.File)
		return source{path: path}, nothing, err
	}
	dir, err := os.MkdirTemp("", "linefork-bench-")
	if err != nil {
		return source{}, nothing, fmt.Errorf("make a temporary folder: %w", err)
	}
	remove := func() error { return os.RemoveAll(dir) }
	path := filepath.Join(dir, "taxi.csv")
	progress.show("making %s of %s", path, formatBytes(o.Size))
	if err := generate(ctx, path, o.Size); err != nil {
		return source{}, remove, err
	}
	return source{path: path, generated: true}, remove, nil
}

func generate(ctx context.Context, path string, size int64) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("make the taxi file: %w", err)
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fmt.Errorf("make the taxi file: %w", e)
		}
	}()
	if _, err := taxi.Write(contextWriter{ctx, f}, taxi.Options{Size: size, Seed: 1}); err != nil {
		return err
	}
	// Otherwise the system would write the file to disk while the first commands are being
	// measured.
	if err := f.Sync(); err != nil {
		return fmt.Errorf("make the taxi file: %w", err)
	}
	return nil
}

type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (w contextWriter) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}
