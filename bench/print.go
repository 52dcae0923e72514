package bench

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/human"
)

// printer prints a report: as text while it grows, in the other forms at its end.
type printer struct {
	o      Options
	report *report
	clear  func() // takes the bar off the terminal
	done   int    // jobs that were printed
	told   bool   // what the last column says
}

func (p *printer) print(text string) error {
	p.clear()
	if p.o.ASCII {
		text = toASCII.Replace(text)
	}
	if _, err := io.WriteString(p.o.Stdout, text); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// head prints what is known before anything is measured.
func (p *printer) head() error {
	if p.o.Format != Text {
		return nil
	}
	return p.print(p.report.head())
}

// jobs prints what was measured since the last call.
func (p *printer) jobs() error {
	r := p.report
	if p.o.Format != Text || p.done == len(r.Jobs) {
		return nil
	}
	jobs := r.Jobs[p.done:]
	p.done = len(r.Jobs)
	s := r.section(jobs)
	if jobs[0].compares() && !p.told {
		p.told = true
		s.words = append(s.words, lastColumn(r.Workers))
	}
	return p.print(s.text(p.o.Verbose, jobs))
}

// end prints the rest.
func (p *printer) end() error {
	switch r := p.report; p.o.Format {
	case JSON:
		return p.print(r.json())
	case CSV:
		return p.print(r.csv())
	case Markdown:
		return p.print(r.markdown())
	default:
		return p.print(r.closing())
	}
}

func lastColumn(workers int) string {
	return fmt.Sprintf("The last figure of a row: how many times as fast as it linefork is with %s.",
		processes(workers))
}

// head is the machine, the file and the tools.
func (r *report) head() string {
	var b strings.Builder
	for _, line := range r.headLines() {
		fmt.Fprintf(&b, "%-9s %s\n", line[0], wrap(line[1], strings.Repeat(" ", 10), width-10))
	}
	return b.String()
}

// headLines are pairs of a name and a text.
func (r *report) headLines() [][2]string {
	m := r.Machine
	cpu := m.CPU
	if cpu == "" {
		cpu = "unknown CPU"
	}
	cores := plural(m.Cores, "core")
	if m.Usable < m.Cores {
		cores = fmt.Sprintf("%d of %s", m.Usable, cores)
	}
	f := r.File
	name, lines := f.Path, human.Count(f.Lines)+" lines"
	if f.Generated {
		name = "synthetic taxi positions"
	}
	if f.Lines == 1 {
		lines = "1 line"
	}
	file := fmt.Sprintf("%s, %s, %s", name, human.Bytes(f.Size), lines)
	if m.FreeMemory > 0 && f.Size >= m.FreeMemory {
		file += fmt.Sprintf("; larger than the free memory (%s), so the disk sets the pace",
			human.Bytes(m.FreeMemory))
	}
	head := [][2]string{
		{"machine", fmt.Sprintf("%s, %s, %s/%s", cpu, cores, m.OS, m.Arch)},
		{"file", file},
		{"linefork", strings.TrimPrefix(known(r.Linefork), "linefork ") + ", " + m.Go},
	}
	var tools []string
	for _, p := range r.Peers {
		tools = append(tools, p.short())
	}
	if len(tools) > 0 {
		head = append(head, [2]string{"peers", strings.Join(tools, "; ")})
	}
	if len(r.Missing) > 0 {
		head = append(head, [2]string{"", "not installed: " + strings.Join(r.Missing, ", ")})
	}
	return head
}

// short is the name and version of a tool.
func (t tool) short() string {
	for _, word := range strings.Fields(t.Version) {
		if word = strings.Trim(word, "(),v"); word != "" && word[0] >= '0' && word[0] <= '9' {
			return t.Name + " " + word
		}
	}
	return t.Name + ", " + known("")
}

func known(version string) string {
	if version == "" {
		return "version unknown"
	}
	return version
}

func (s *section) text(verbose bool, jobs []*job) string {
	var b strings.Builder
	b.WriteString("\n" + s.heading + "\n")
	for _, w := range s.words {
		b.WriteString("  " + wrap(w, "  ", width-2) + "\n")
	}
	b.WriteString("\n" + s.table.text(width))
	if verbose {
		b.WriteByte('\n')
		for _, j := range jobs {
			for _, res := range j.Commands {
				if res.Line != "" {
					b.WriteString("  " + res.Line + "\n")
				}
			}
		}
	}
	return b.String()
}

// closing is what follows the tables.
func (r *report) closing() string {
	var b strings.Builder
	for _, j := range r.Jobs {
		if j.Scaling != nil {
			fmt.Fprintf(&b, "\nOn paper: %s\n", j.Name)
			b.WriteString("  " + wrap(j.Scaling.text(), "  ", width-2) + "\n")
		}
	}
	if len(r.LeftOut) > 0 {
		b.WriteString("\nLeft out\n")
		for _, l := range r.LeftOut {
			b.WriteString("  " + wrap(l, "  ", width-2) + "\n")
		}
	}
	fmt.Fprintf(&b, "\nIn short (it took %s)\n", formatSeconds(r.Seconds))
	for _, line := range r.Verdict {
		b.WriteString("  " + wrap(line, "    ", width-2) + "\n")
	}
	return b.String()
}

func (r *report) json() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // commands stay readable
	e.SetIndent("", "  ")
	_ = e.Encode(r) // of numbers and strings, into memory
	return b.String()
}

func (r *report) csv() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	number := func(x float64) string {
		if x == 0 {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	record := []string{"group", "job", "tool", "mode", "workers", "runs", "median_s", "min_s",
		"max_s", "bytes_per_s", "speedup", "processes_speedup", "limit_share", "answer", "differs",
		"failure", "command"}
	for _, j := range r.Jobs {
		for _, c := range j.Commands {
			_ = w.Write(record) // into memory
			answer := ""
			if c.Answer != nil {
				answer = strconv.FormatInt(c.Answer.Lines, 10)
			}
			failure := c.Failure
			if c.Stopped > 0 || c.LeftOut != "" {
				failure = c.complaint()
			}
			record = []string{j.Group, j.Name, c.Name, c.Mode, number(float64(c.Workers)),
				strconv.Itoa(len(c.Times)), number(c.Median), number(c.Min), number(c.Max),
				number(c.BytesPerSecond), number(c.Speedup), number(c.Behind), number(c.LimitShare),
				answer, c.Differs, failure, c.Line}
		}
	}
	_ = w.Write(record)
	w.Flush()
	return b.String()
}

func (r *report) markdown() string {
	var b strings.Builder
	var head []string
	for _, line := range r.headLines() {
		switch {
		case line[0] != "":
			head = append(head, "- "+line[0]+": "+line[1])
		case len(r.Peers) > 0: // it goes on
			head[len(head)-1] += "; " + line[1]
		default:
			head = append(head, "- peers: "+line[1])
		}
	}
	b.WriteString(strings.Join(head, "\n") + "\n\n")
	for _, line := range r.Verdict {
		b.WriteString("- " + line + "\n")
	}
	for _, l := range r.LeftOut {
		b.WriteString("- Left out: " + l + "\n")
	}
	told := false
	for _, s := range r.sections() {
		fmt.Fprintf(&b, "\n### %s\n\n", s.heading)
		if s.compares && !told {
			told = true
			s.words = append(s.words, lastColumn(r.Workers))
		}
		b.WriteString(strings.Join(s.words, " ") + "\n\n" + s.table.markdown())
	}
	return b.String()
}
