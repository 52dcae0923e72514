package args

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/linefork/linefork/merge/run"
)

// Common is how the work is done. The result is the same.
type Common struct {
	// Options are Mode, Processes, RangeSize, Retries, Timeout and Unchanged, and
	// Decompress. A 0 that was given is 0: no retries, no timeout.
	run.Options
	Progress string // one of those below
	Stats    string // "text" or "json"; "" if none are to be printed
	LogLevel slog.Level
}

// When and how progress is shown.
const (
	ProgressAuto    = "auto"
	ProgressAlways  = "always"
	ProgressNever   = "never"
	ProgressWorkers = "workers"
)

func newCommon() Common {
	return Common{
		Options:  run.Options{Retries: 3, Timeout: time.Minute},
		Progress: ProgressAuto, LogLevel: slog.LevelWarn,
	}
}

// maxProcesses is beyond any use, and keeps sums of it from overflowing.
const maxProcesses = 4096

// Groups of options that several commands have, by what people look for.
const (
	groupSelect = "What to select"
	groupPrint  = "What to print"
	groupCSV    = "How CSV is read"
	groupFiles  = "Which files to read"
	groupSpeed  = "Speed and progress (the result is the same)"
)

func (c *Common) options() []option {
	table := group(groupSpeed,
		valued("processes j", "N", c.setProcesses,
			"run N workers, as processes if --mode does not say otherwise").
			defaults("the cores this process may use"),
		choice("mode", "processes|threads|serial", text(&c.Mode),
			"run workers as processes|threads|serial; serial is one, whatever --processes says").
			defaults("processes, but threads for less than 256 MiB, serial for one file up to 1 MiB"),
		valued("range-size", "SIZE", size("range size", &c.RangeSize, 1),
			"cut files into ranges of about SIZE bytes (suffix K, M, G)").
			defaults("up to 32M, 256M while little is found, 1G for counts, less towards the end"),
		valued("retries", "N=3", number("number of retries", &c.Retries, 0, maxProcesses),
			"try a range N times more when its worker, a process, died"),
		valued("timeout", "DURATION=1m", c.setTimeout,
			"kill a process that gives no sign of life for DURATION, or moves on by less "+
				"than 16 MiB; 0 waits forever"),
		choice("progress", "auto|always|never|workers", text(&c.Progress),
			"show progress auto|always|never|workers; auto: a bar on a terminal, after a second; "+
				"workers: a line for each of them, too").defaults("auto"),
		choice("stats", "text|json", text(&c.Stats), "at the end, print to standard error as "+
			"text|json what was read and found, how fast, and by whom").optional("text").exact(),
		choice("log-level", "debug|info|warn|error",
			func(v string) error { return c.LogLevel.UnmarshalText([]byte(v)) },
			"log debug|info|warn|error and above to standard error").defaults("warn"),
		flag("unchanged", on(&c.Unchanged), "take it for an error, not only for a warning, if a "+
			"file is changed while it is read, other than by growing").exact(),
	)
	for i := range table {
		table[i].shared = true
	}
	return append(table, group(groupSpeed, flag("no-config", do(func(string) {}), "ignore the "+
		"environment variable "+Variable+", which holds options of this group that stand before "+
		"those typed; for scripts").exact())...)
}

func (c *Common) setProcesses(v string) error {
	err := number("number of processes", &c.Processes, 1, maxProcesses)(v)
	if err != nil {
		return fmt.Errorf("%w; it is 1 to %d", err, maxProcesses)
	}
	return nil
}

func (c *Common) setTimeout(v string) (err error) {
	if c.Timeout, err = time.ParseDuration(v); err != nil || c.Timeout < 0 {
		return fmt.Errorf("invalid timeout '%s'; write it as in 90s or 5m", v)
	}
	return nil
}

// decompress is an option of some commands.
func (c *Common) decompress() option {
	return flag("decompress", on(&c.Decompress),
		"read what inputs in gzip, bzip2, xz, zstd or lz4 hold; others as they are")
}

// Output is where rows are written.
type Output struct {
	File        string // "" if not given
	Append      bool
	LockTimeout time.Duration // 0: none
	Sync        bool
}

func (o *Output) options() []option {
	return []option{
		valued("output o", "FILE", o.setFile,
			"write to FILE, which changes only if the run succeeds").once(),
		flag("append", on(&o.Append), "add to the end of the output file, under a lock"),
		valued("lock-timeout", "DURATION", o.setLockTimeout, "with --append, give up when another "+
			"process has held the lock for DURATION, as in 30s"),
		flag("sync", on(&o.Sync), "force the output file and its folder to the disk, so that they "+
			"outlive a power failure"),
	}
}

func (o *Output) setFile(v string) error {
	if o.File = v; v == "" {
		return errors.New("the name of the output file is empty")
	}
	return nil
}

func (o *Output) setLockTimeout(v string) (err error) {
	if o.LockTimeout, err = time.ParseDuration(v); err != nil || o.LockTimeout <= 0 {
		return fmt.Errorf("invalid lock timeout '%s'; write it as in 90s or 5m", v)
	}
	return nil
}

func (o *Output) check() error {
	if o.LockTimeout > 0 && !o.Append {
		return errors.New("--lock-timeout needs --append")
	}
	toFile := o.File != "" && o.File != "-"
	if o.Append && !toFile {
		return errors.New("--append needs --output FILE")
	}
	if o.Sync && !toFile {
		return errors.New("--sync needs --output FILE")
	}
	return nil
}
