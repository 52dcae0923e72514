package bench

import (
	"fmt"
	"slices"
	"strings"
)

// width is that of the text, in characters.
const width = 80

// section is a piece of the report: a heading, some words, a table.
type section struct {
	heading string
	words   []string
	table   table
	after   string // block characters, in text only
}

// isTogether reports whether the jobs of a group share a table.
func isTogether(group string) bool { return group == groupModes || group == groupCurve }

// section returns what is shown of some jobs of one group: all of them if they share a table, else
// one.
func (r *report) section(jobs []*job) section {
	switch jobs[0].Group {
	case groupModes:
		return r.modesSection(jobs)
	case groupCurve:
		return r.curveSection(jobs)
	}
	return r.jobSection(jobs[0])
}

// sections are those of the whole report.
func (r *report) sections() (all []section) {
	for i := 0; i < len(r.Jobs); {
		end := i + 1
		for isTogether(r.Jobs[i].Group) && end < len(r.Jobs) &&
			r.Jobs[end].Group == r.Jobs[i].Group {
			end++
		}
		all = append(all, r.section(r.Jobs[i:end]))
		i = end
	}
	return all
}

// figures formats time and spread in columns of fixed width, or why there are none.
func figures(res *result) string {
	switch {
	case res == nil:
		return ""
	case res.Failure != "":
		return "failed"
	case len(res.Times) == 0:
		return "-"
	case res.Differs != "":
		return "differs"
	}
	return padLeft(formatSeconds(res.Median), 7) + padLeft(formatSpread(res.Spread), 6)
}

func padLeft(s string, n int) string {
	return strings.Repeat(" ", max(0, n-len([]rune(s)))) + s
}

func timesOrDash(x float64) string {
	if x == 0 {
		return "-"
	}
	return formatTimes(x)
}

// modesSection is the first table: modes by what bounds the work.
func (r *report) modesSection(jobs []*job) section {
	s := section{heading: "Serial, threads, processes"}
	s.table.head = []string{"", "serial", plural(r.Workers, "thread"),
		strings.TrimPrefix(lineforkName(modeProcesses, r.Workers), "linefork, ")}
	for _, j := range jobs {
		s.words = append(s.words, j.Name+": "+j.Title+".")
		row := []string{j.Name}
		for _, res := range j.Commands {
			cell := figures(res)
			if res.Mode != modeSerial && res.Speedup > 0 {
				cell += padLeft(formatTimes(res.Speedup), 7)
			}
			row = append(row, cell)
		}
		s.table.add(row...)
		s.table.note[len(s.table.rows)-1] = j.complaints()
	}
	return s
}

// complaints says which commands failed or gave another answer.
func (j *job) complaints() string {
	var all []string
	for _, res := range j.Commands {
		if c := res.complaint(); c != "" {
			all = append(all, res.Name+": "+c)
		}
	}
	return strings.Join(all, "; ")
}

func (r *result) complaint() string {
	switch {
	case r.Failure != "":
		return "failed: " + r.Failure
	case r.Differs != "":
		return "the answer differs: " + r.Differs
	case r.Stopped > 0:
		return "stopped after " + formatSeconds(r.Stopped)
	}
	return ""
}

// curveSection shows what each process adds.
func (r *report) curveSection(jobs []*job) section {
	s := section{heading: "What each process adds"}
	s.table.head = []string{""}
	var notes []string
	for _, j := range jobs {
		s.table.head = append(s.table.head, j.Name, "", "")
		s.words = append(s.words, j.Name+": "+j.Title+".")
		if c := j.complaints(); c != "" {
			notes = append(notes, c)
		}
	}
	hasLimit := slices.ContainsFunc(jobs, func(j *job) bool { return j.limited() })
	if hasLimit {
		s.table.head = append(s.table.head, "scan limit")
		s.words = append(s.words,
			"Each as time, times serial, and share of the scan limit: what as many processes read "+
				"of this file if they only count its line feeds.")
	} else {
		s.words = append(s.words, "Each as time and times serial.")
	}
	for _, n := range r.curveWorkers(jobs) {
		mode, name := modeProcesses, strings.TrimPrefix(lineforkName(modeProcesses, n), "linefork, ")
		if n == 0 {
			mode, name = modeSerial, modeSerial
		}
		row, limit := []string{name}, "-"
		for _, j := range jobs {
			res := j.at(mode, n)
			cells := []string{figures(res), "-", "-"}
			if res != nil {
				cells[1] = timesOrDash(res.Speedup)
				if res.LimitShare > 0 {
					cells[2] = formatShare(res.LimitShare)
				}
			}
			row = append(row, cells...)
			if l := j.limit(n); l > 0 {
				limit = formatRate(l)
			}
		}
		if hasLimit {
			row = append(row, limit)
		}
		s.table.add(row...)
	}
	if len(notes) > 0 {
		s.table.note[len(s.table.note)-1] = strings.Join(notes, "; ")
	}
	s.after = curveBars(jobs)
	return s
}

func (j *job) limited() bool {
	return slices.ContainsFunc(j.Commands, func(r *result) bool { return r.Mode == modeLimit })
}

// curveWorkers are the numbers of processes on the curve, after 0, which stands for serial.
func (r *report) curveWorkers(jobs []*job) []int {
	ns := []int{0}
	for _, res := range jobs[0].Commands {
		if res.Mode == modeProcesses {
			ns = append(ns, res.Workers)
		}
	}
	return ns
}

// at returns the result of a mode with so many workers; nil if there is none. Serial has no number.
func (j *job) at(mode string, workers int) *result {
	for _, r := range j.Commands {
		if r.Mode == mode && (r.Workers == workers || mode == modeSerial) {
			return r
		}
	}
	return nil
}

// curveBars draws the speed-up, with a mark where it would be ideal.
func curveBars(jobs []*job) string {
	const length = 44
	var b strings.Builder
	for _, j := range jobs {
		most := 1.
		for _, r := range j.Commands {
			if r.Mode == modeProcesses {
				most = max(most, r.Speedup, float64(r.Workers))
			}
		}
		fmt.Fprintf(&b, "  times serial, %s; | is the ideal\n", j.Name)
		for _, r := range j.Commands {
			if r.Mode != modeProcesses || r.Speedup == 0 {
				continue
			}
			line := []rune(bar(r.Speedup/most, length))
			for len(line) <= length {
				line = append(line, ' ')
			}
			line[int(float64(r.Workers)/most*length)] = '|'
			name := strings.TrimPrefix(r.Name, "linefork, ")
			fmt.Fprintf(&b, "  %-13s %7s  %s\n", name, formatTimes(r.Speedup),
				strings.TrimRight(string(line), " "))
		}
	}
	return b.String()
}

// jobSection is the table of a job among all tools.
func (r *report) jobSection(j *job) section {
	s := section{heading: strings.ToUpper(j.Group[:1]) + j.Group[1:] + ": " + j.Name}
	if j.Group == j.Name || j.Group == groupCount {
		s.heading = "Count lines"
	}
	answer := ""
	if j.Reference != nil {
		answer = ": " + j.Reference.String()
	}
	s.words = []string{j.Title + answer + "."}
	s.table.head = []string{"", "time", "spread", "rate",
		strings.TrimPrefix(lineforkName(modeProcesses, r.Workers), "linefork, ")}
	longest := 0.
	for _, res := range j.Commands {
		longest = max(longest, res.Median)
	}
	for _, res := range j.Commands {
		cells := []string{res.Name}
		if len(res.Times) > 0 {
			cells = []string{res.Name, formatSeconds(res.Median), formatSpread(res.Spread),
				formatRate(res.BytesPerSecond), timesOrDash(res.Behind)}
		}
		s.table.add(cells...)
		s.table.note[len(s.table.note)-1] = res.complaint()
	}
	room := s.table.room(width)
	for i, res := range j.Commands {
		if res.measured() {
			s.table.bars[i] = bar(res.Median/longest, room)
		}
	}
	return s
}
