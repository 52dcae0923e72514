package bench

import (
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/human"
)

// width is that of the text, in characters.
const width = 80

// section is a piece of the report: a heading, some words, a table.
type section struct {
	heading string
	words   []string
	table   table

	compares bool // tools
}

// compares reports whether the job compares tools.
func (j *job) compares() bool { return j.Group != groupModes && j.Group != groupCurve }

// isTogether reports whether the jobs of a group share a table.
func isTogether(group string) bool { return group == groupModes }

// section returns what is shown of some jobs of one group: all of them if they share a table, else
// one.
func (r *report) section(jobs []*job) section {
	switch jobs[0].Group {
	case groupModes:
		return r.modesSection(jobs)
	case groupCurve:
		return r.curveSection(jobs[0])
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
	return padLeft(formatSeconds(res.Median), 7) + " " + padLeft(formatSpread(res), 5)
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
				cell += " " + padLeft(formatTimes(res.Speedup), 6)
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
	case r.LeftOut != "":
		return "not run: " + r.LeftOut
	case r.Stopped > 0:
		return "stopped after " + formatSeconds(r.Stopped)
	}
	return ""
}

// curveSection shows what each process adds, and draws the speed-up with a mark where it would be
// ideal.
func (r *report) curveSection(j *job) section {
	s := section{heading: "What each process adds: " + j.Name}
	if j.Title != j.Name {
		s.words = append(s.words, j.Title+".")
	}
	s.table.head = []string{"", "time", "spread", "serial"}
	most, limited := 1., false
	for _, res := range j.Commands {
		if res.Mode == modeProcesses {
			most = max(most, res.Speedup, float64(res.Workers))
			limited = limited || res.LimitShare > 0
		}
	}
	if limited {
		s.table.head = append(s.table.head, "of limit", "scan limit")
		if j.limited() {
			s.words = append(s.words, "The scan limit is what as many processes read of this file if "+
				"they only count its line feeds. In the bars, | is as many times serial as there are "+
				"processes.")
		}
	}
	var shown []*result
	for _, res := range j.Commands {
		if res.Mode == modeLimit {
			continue
		}
		cells := []string{strings.TrimPrefix(res.Name, "linefork, "), "-", "-", "-", "-", "-"}
		if res.measured() {
			cells[1], cells[2] = formatSeconds(res.Median), formatSpread(res)
			cells[3] = timesOrDash(res.Speedup)
		}
		if res.LimitShare > 0 {
			cells[4] = formatShare(res.LimitShare)
			cells[5] = human.Rate(res.BytesPerSecond / res.LimitShare)
		}
		s.table.add(cells[:len(s.table.head)]...)
		s.table.note[len(s.table.note)-1] = res.complaint()
		shown = append(shown, res)
	}
	length := s.table.room(width) - 1
	for i, res := range shown {
		if res.Mode != modeProcesses || res.Speedup == 0 {
			continue
		}
		line := []rune(bar(res.Speedup/most, length))
		for len(line) <= length {
			line = append(line, ' ')
		}
		line[int(float64(res.Workers)/most*float64(length))] = '|'
		s.table.bars[i] = strings.TrimRight(string(line), " ")
	}
	return s
}

func (j *job) limited() bool {
	return slices.ContainsFunc(j.Commands, func(r *result) bool { return r.Mode == modeLimit })
}

// jobSection is the table of a job among all tools.
func (r *report) jobSection(j *job) section {
	s := section{heading: map[string]string{
		groupCount: "Count", groupFilter: "Filter", groupGrep: "Grep", groupCSV: "CSV",
	}[j.Group] + ": " + j.Name, compares: true}
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
		if res.Stopped > 0 {
			cells = append(cells, "> "+formatSeconds(res.Stopped))
		}
		if len(res.Times) > 0 {
			cells = []string{res.Name, formatSeconds(res.Median), formatSpread(res),
				human.Rate(res.BytesPerSecond), timesOrDash(res.Behind)}
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
