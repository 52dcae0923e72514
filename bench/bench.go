package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/limit"
)

// Defaults of the options that have one.
const (
	DefaultSize   = 512 << 20
	DefaultColumn = "1"
	DefaultTime   = 2 * time.Minute
	DefaultWarmup = 1
)

// The errors of Run wrap these.
var (
	ErrAnswersDiffer = errors.New("answers differ")
	ErrCommandFailed = errors.New("command failed")
)

// Format is the form of a report.
type Format uint8

const (
	Text     Format = iota // tables for a terminal, printed as they are measured
	JSON                   // one document with all times
	CSV                    // a row for each command of each job
	Markdown               // tables for a page
)

// Options say what to measure. The zero value of a field means its default, except for Warmup.
type Options struct {
	Self string // path of the linefork executable; default: this one

	// File is the file to read. If it is empty, a taxi file of Size bytes is made in a temporary
	// folder and removed when Run returns.
	File string
	Size int64

	Jobs     []string // from JobNames; default: all
	Column   string   // number of the key's column, from 1, or its name in the header
	Key      string   // default: the one in the middle of the file
	Patterns []string // to search for; default: some that are taken from the file
	Commands []string // of other tools, as NAME=COMMAND; see [CheckCommand]

	// Time is how long all of it shall take; it takes longer where even a few runs do. With Runs,
	// each command is run so often instead, after Warmup runs that are not counted. In both cases
	// another tool that runs for more than a tenth of Time is stopped.
	Time   time.Duration
	Runs   int
	Warmup int

	// Processes are the numbers of workers on the curve; the other jobs take the largest. The
	// default is 1, 2, 4 and so on, and finally the number of cores.
	Processes []int

	Format  Format
	Verbose bool     // with the command lines, and how far one coordinator would scale
	Plots   []string // files to draw the charts in; see [CheckPlot]
	ASCII   bool     // no other characters in the text

	Stdout io.Writer // the report
	Stderr io.Writer // differences and, on a terminal, progress

	// Creating, if set, is called before the first file is made or command is run. None may be left
	// behind if the program is interrupted.
	Creating func()
}

// CheckCommand returns an error if text is not NAME=COMMAND with {file} in the command.
func CheckCommand(text string) error {
	_, err := parseCommand(text)
	return err
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
	if o.Size < 0 || o.Runs < 0 || o.Warmup < 0 || o.Time < 0 {
		return o, errors.New("size, time and numbers of runs must not be negative")
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
	if o.Column == "" {
		o.Column = DefaultColumn
	}
	if o.Key == "" && o.File == "" && o.Column == DefaultColumn {
		o.Key = taxi.Planted
	}
	if o.Time == 0 {
		o.Time = DefaultTime
	}
	if len(o.Processes) == 0 {
		o.Processes = defaultProcesses(runtime.GOMAXPROCS(0))
	}
	if slices.Min(o.Processes) < 1 {
		return o, errors.New("number of processes must be at least 1")
	}
	o.Processes = slices.Compact(slices.Sorted(slices.Values(o.Processes)))
	for _, name := range o.Plots {
		if err := CheckPlot(name); err != nil {
			return o, err
		}
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

// Run measures the jobs and writes the report. If answers differ, or linefork fails, the report is
// complete nevertheless, and Run returns an error; what another tool says when it fails is in the
// report. If ctx is cancelled, Run ends the running command, removes the file it made and returns
// ctx.Err().
func Run(ctx context.Context, o Options) (err error) {
	defer func() {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	if o, err = o.withDefaults(); err != nil {
		return err
	}
	if o.Creating != nil {
		o.Creating()
	}
	start := time.Now()
	p := newProgress(o.Stderr)
	defer p.clear()
	path, remove, err := input(ctx, o, p)
	defer func() {
		if e := remove(); err == nil && e != nil {
			err = fmt.Errorf("remove the taxi file: %w", e)
		}
	}()
	if err != nil {
		return err
	}
	b, err := newBench(ctx, o, path, p)
	if err != nil {
		return err
	}
	return b.all(ctx, start)
}

// newBench looks at the file and for the peers.
func newBench(ctx context.Context, o Options, path string, p *progress) (*bench, error) {
	b := &bench{asked: asked{o: o}, progress: p, stopped: map[string]int{}}
	f, err := os.Open(path)
	if err != nil {
		return nil, &FileError{o.File, err}
	}
	defer f.Close()
	p.show("reading the file")
	if b.file, err = inspect(ctx, f); err != nil {
		return nil, &FileError{o.File, err}
	}
	b.file.Generated = o.File == ""
	s, err := readSample(f, b.file.Size)
	if err != nil {
		return nil, &FileError{o.File, err}
	}
	if b.question, err = newQuestion(o, s); err != nil {
		return nil, &FileError{o.File, err}
	}
	b.patterns = choosePatterns(s, o.Patterns)
	b.csv = shapeOf(s.start, int64(len(s.start)) == b.file.Size)
	b.peers, b.missing = findPeers(ctx)
	for _, text := range o.Commands {
		c, err := parseCommand(text)
		if err != nil {
			return nil, fmt.Errorf("command %q: %w", text, err)
		}
		b.custom = append(b.custom, c)
	}
	return b, nil
}

// FileError is an error of the file that was to be measured.
type FileError struct {
	File string
	Err  error
}

func (e *FileError) Error() string { return e.File + ": " + e.Err.Error() }
func (e *FileError) Unwrap() error { return e.Err }

// all measures all jobs and writes the report.
func (b *bench) all(ctx context.Context, start time.Time) error {
	r := &report{
		Version: reportVersion, Linefork: version(ctx, b.o.Self, "--version"),
		Machine: thisMachine(), File: b.file, Question: b.question, Workers: b.most(),
		Peers: b.peers, Missing: b.missing, Jobs: []*job{}, Limits: []limit.Limit{},
		LeftOut: []string{}, Busy: []string{}, Verdict: []string{},
	}
	load := loadAverage()
	specs := b.jobs()
	b.pace = *newPace(b.o, start, specs)
	b.progress.pace = &b.pace
	out := printer{o: b.o, report: r, clear: b.progress.clear}
	if err := out.head(); err != nil {
		return err
	}
	if b.csv.Fields == 0 && slices.Contains(b.o.Jobs, groupCSV) {
		r.LeftOut = append(r.LeftOut, "csv: "+b.csv.Reason)
	}
	for i := range specs {
		j, err := b.run(ctx, &specs[i])
		var left *leftOut
		switch {
		case errors.As(err, &left):
			r.LeftOut = append(r.LeftOut, specs[i].Name+": "+left.Error())
		case err != nil:
			return err
		default:
			r.Jobs = append(r.Jobs, j)
			r.Limits = append(r.Limits, j.limits()...)
			r.shareLimit()
		}
		if more := i+1 < len(specs) && specs[i+1].Group == specs[i].Group; !more ||
			!isTogether(specs[i].Group) {
			if err := out.jobs(); err != nil {
				return err
			}
		}
	}
	if err := b.scale(ctx, r, specs); err != nil {
		return err
	}
	r.Seconds = math.Round(time.Since(start).Seconds()*10) / 10
	r.judge(load)
	b.keepLimits(r)
	if err := out.end(); err != nil {
		return err
	}
	for _, name := range b.o.Plots {
		if err := r.plot(name); err != nil {
			return err
		}
	}
	return r.failure()
}

// keepLimits keeps the scan limits that were measured, for '--stats' of later runs. On a busy
// machine, what was known before may be nearer to the truth.
func (b *bench) keepLimits(r *report) {
	if len(r.Limits) == 0 {
		return
	}
	limits := slices.Clone(r.Limits)
	if known, ok := limit.Load(); ok && len(r.Busy) > 0 {
		for i, l := range limits {
			if before, ok := known.BytesPerSecond(l.Processes); ok {
				limits[i].BytesPerSecond = max(before, l.BytesPerSecond)
			}
		}
	}
	if err := limit.Save(limits); err != nil {
		b.progress.clear()
		fmt.Fprintf(b.o.Stderr, "linefork: %v\n", err)
	}
}

// failure returns an error that names the commands whose answers differ, and those of linefork that
// failed.
func (r *report) failure() error {
	var differ, failed []string
	for _, j := range r.Jobs {
		for _, res := range j.Commands {
			name := j.Name + ": " + res.Name
			switch {
			case res.Differs != "":
				differ = append(differ, name)
			case res.Failure != "" && !res.isPeer():
				failed = append(failed, name)
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
