package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/linefork/linefork/internal/human"
)

// Groups of jobs, in the order of the report.
const (
	groupModes  = "modes"
	groupCurve  = "curve"
	groupCount  = "count"
	groupFilter = "filter"
	groupGrep   = "grep"
	groupCSV    = "csv"
)

// JobNames are the groups of jobs that can be measured.
var JobNames = []string{groupModes, groupCurve, groupCount, groupFilter, groupGrep, groupCSV}

// jobSpec is one job and the commands that do it, the baseline first: linefork in serial mode.
type jobSpec struct {
	job
	commands []command
	weight   float64 // its share of the time, relative to the other jobs
	cold     bool    // no warm-up

	// before is called before each run, if it is set; stdin makes the standard input of each.
	before func() error
	stdin  func(context.Context) io.Reader
}

// asked is all that is asked of the file, and of whom.
type asked struct {
	o        Options
	file     fileInfo
	question question
	patterns []pattern
	csv      csvShape
	peers    []tool
	missing  []string // peers that are not installed
	custom   []custom
}

// most is the largest number of workers.
func (a *asked) most() int { return slices.Max(a.o.Processes) }

// jobs returns the jobs that the options ask for.
func (a *asked) jobs() (all []jobSpec) {
	for _, g := range []struct {
		name string
		make func() []jobSpec
	}{
		{groupModes, a.modes}, {groupCurve, a.curve}, {groupCount, a.count},
		{groupFilter, a.filter}, {groupGrep, a.grep}, {groupCSV, a.asCSV},
	} {
		if slices.Contains(a.o.Jobs, g.name) {
			all = append(all, g.make()...)
		}
	}
	return all
}

// inModes returns command lines of linefork in each mode, with the most workers.
func (a *asked) inModes(reads reading, verb string, args ...string) []command {
	return []command{
		linefork(a.o.Self, modeSerial, 1, reads, verb, args...),
		linefork(a.o.Self, modeThreads, a.most(), reads, verb, args...),
		linefork(a.o.Self, modeProcesses, a.most(), reads, verb, args...),
	}
}

// modes are the jobs of the first table: what bounds the work is the processor, the disk, or the
// network.
func (a *asked) modes() []jobSpec {
	cpu := jobSpec{
		job: job{
			Group: groupModes, Name: "CPU-bound", Pattern: automaton.Text, Bytes: a.file.Size,
			Title: "grep -E " + shellQuote(automaton.Text),
		},
		commands: a.inModes(asNumber, "grep", "-aEc", "-e", automaton.Text, a.file.Path),
		weight:   5,
	}
	disk := jobSpec{
		job: job{
			Group: groupModes, Name: "I/O-bound", Bytes: a.file.Size,
			Title: "count lines; the file is dropped from the page cache before each run",
		},
		commands: a.inModes(asNumber, "count", a.file.Path),
		weight:   8, cold: true,
		before: func() error { return dropFromCache(a.file.Path) },
	}
	slow := slowPipe{path: a.file.Path, size: min(a.file.Size, pipeBytes)}
	network := jobSpec{
		job: job{
			Group: groupModes, Name: "network-bound", Bytes: slow.size,
			Title: fmt.Sprintf("count lines in %s of it from a pipe of %s/s that begins after %d ms",
				human.Bytes(slow.size), human.Bytes(pipeBytesPerSecond),
				pipeDelay.Milliseconds()),
		},
		commands: a.inModes(asNumber, "count"),
		weight:   8, cold: true, stdin: slow.open,
	}
	return []jobSpec{cpu, disk, network}
}

// curve are the jobs that show what each worker adds.
func (a *asked) curve() []jobSpec {
	lines := jobSpec{
		job: job{
			Group: groupCurve, Name: "count lines", Title: "count lines", Bytes: a.file.Size,
		},
		commands: a.onCurve("count", a.file.Path), weight: 6,
	}
	if a.file.Size >= leastForLimit {
		for _, n := range a.o.Processes {
			lines.commands = append(lines.commands, command{
				Name: "scan limit", Mode: modeLimit, Workers: n,
				measure: func(ctx context.Context) (measured, error) {
					return measureLimit(ctx, a.o.Self, a.file, n)
				},
			})
		}
	}
	search := jobSpec{
		job: job{
			Group: groupCurve, Name: "search", Pattern: automaton.Text, Bytes: a.file.Size,
			Title: "grep -E " + shellQuote(automaton.Text),
		},
		commands: a.onCurve("grep", "-aEc", "-e", automaton.Text, a.file.Path), weight: 6,
	}
	return []jobSpec{lines, search}
}

func (a *asked) onCurve(verb string, args ...string) []command {
	cs := []command{linefork(a.o.Self, modeSerial, 1, asNumber, verb, args...)}
	for _, n := range a.o.Processes {
		cs = append(cs, linefork(a.o.Self, modeProcesses, n, asNumber, verb, args...))
	}
	return cs
}

// count is the job that wc -l is for.
func (a *asked) count() []jobSpec {
	j := jobSpec{
		job: job{
			Group: groupCount, Name: "count lines", Title: "the lines of the file",
			Bytes: a.file.Size,
		},
		commands: a.inModes(asNumber, "count", a.file.Path), weight: 12,
	}
	for _, p := range a.peers {
		j.commands = append(j.commands, a.counting(p)...)
	}
	for _, c := range a.custom {
		if c.group() == groupCount {
			j.commands = append(j.commands, c.command(a.file.Path, "", "", asNumber))
		}
	}
	return []jobSpec{j}
}

// asBytes keeps linefork from looking for UTF-16, which other tools do not know.
const asBytes = "--encoding=utf-8"

// filter is the job of finding rows by a key.
func (a *asked) filter() []jobSpec {
	q := a.question
	title := fmt.Sprintf("the rows whose field %d between commas is %s", q.Column, q.Field)
	if q.Made {
		title += ", which is made up: no field there can be a key"
	}
	j := jobSpec{
		job: job{
			Group: groupFilter, Name: "rows of a key", Title: title, Bytes: a.file.Size,
		},
		commands: a.inModes(asRows, "filter", asBytes, "--no-header", "--no-quote",
			"--key="+q.Field, "--column", strconv.Itoa(q.Column), a.file.Path),
		weight: 12,
	}
	for _, p := range a.peers {
		j.commands = append(j.commands, a.filtering(p)...)
	}
	for _, c := range a.custom {
		if c.group() == groupFilter {
			j.commands = append(j.commands, c.command(a.file.Path, q.Field, "", asEither))
		}
	}
	return []jobSpec{j}
}

// grep are the jobs of searching for patterns.
func (a *asked) grep() (jobs []jobSpec) {
	for _, p := range a.patterns {
		options, reads := "-aEc", asNumber
		title := "count the lines that match "
		if p.rows {
			options, reads = "-aEn", asRows
			title = "number the lines that match "
		}
		j := jobSpec{
			job: job{
				Group: groupGrep, Name: p.Kind, Title: title + shellQuote(p.Text), Pattern: p.Text,
				Bytes: a.file.Size,
			},
			commands: a.inModes(reads, "grep", options, "-e", p.Text, a.file.Path),
			weight:   6,
		}
		for _, t := range a.peers {
			j.commands = append(j.commands, a.searching(t, p)...)
		}
		for _, c := range a.custom {
			if c.group() == groupGrep {
				j.commands = append(j.commands, c.command(a.file.Path, "", p.Text, asEither))
			}
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// asCSV are the jobs for a file that reads as CSV, quotes and all, among tools that know CSV.
func (a *asked) asCSV() []jobSpec {
	if a.csv.Fields == 0 {
		return nil
	}
	q := a.question
	count := jobSpec{
		job: job{
			Group: groupCSV, Name: "count records", Bytes: a.file.Size,
			Title: "the CSV records of the file",
		},
		commands: a.inModes(asNumber, "count", "--csv", asBytes, a.file.Path), weight: 8,
	}
	filter := jobSpec{
		job: job{
			Group: groupCSV, Name: "records of a key", Bytes: a.file.Size,
			Title: fmt.Sprintf("how many CSV records have %s in column %d", q.Key, q.Column),
		},
		commands: a.inModes(asNumber, "filter", asBytes, "--no-header", "--count",
			"--key="+q.Key,
			"--column", strconv.Itoa(q.Column), a.file.Path),
		weight: 8,
	}
	for _, p := range a.peers {
		count.commands = append(count.commands, a.countingRecords(p)...)
		filter.commands = append(filter.commands, a.countingKey(p)...)
	}
	return []jobSpec{count, filter}
}
