package bench

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// text is the head of the report: the machine, the file and the tools.
func (r *report) text() string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s"+format+"\n", append([]any{name}, args...)...)
	}

	m := r.Machine
	cpu := m.CPU
	if cpu == "" {
		cpu = "unknown CPU"
	}
	cores := plural(m.Cores, "core")
	if m.Usable < m.Cores {
		cores = fmt.Sprintf("%d of %s", m.Usable, cores)
	}
	line("machine", "%s, %s, %s/%s, %s", cpu, cores, m.OS, m.Arch, m.Go)

	f := r.File
	made := ""
	if f.Generated {
		made = ", synthetic taxi positions"
	}
	line("file", "%s%s", f.Path, made)
	line("", "%s, %s rows", formatBytes(f.Size), formatCount(f.Rows))
	if m.FreeMemory > 0 {
		if f.Size < m.FreeMemory {
			line("", "fits in free memory (%s), "+
				"so it is read from the page cache, not from the disk", formatBytes(m.FreeMemory))
		} else {
			line("", "larger than free memory (%s), so the disk sets the pace",
				formatBytes(m.FreeMemory))
		}
	}

	line("linefork", "%s", strings.TrimPrefix(known(r.Linefork), "linefork "))
	name := "peers"
	for _, p := range r.Peers {
		v := p.Version
		if v == "" {
			v = p.Name + ", " + known(v)
		}
		line(name, "%s", v)
		name = ""
	}
	if len(r.Missing) > 0 {
		line(name, "not installed: %s", strings.Join(r.Missing, ", "))
	}
	warmup := "no warm-up"
	if r.Warmup > 0 {
		warmup = fmt.Sprintf("%d to warm up", r.Warmup)
	}
	line("runs", "%d of each command, %s, in interleaved rounds", r.Runs, warmup)
	return b.String()
}

func known(version string) string {
	if version == "" {
		return "version unknown"
	}
	return version
}

// text is the table of one job.
func (j *job) text() string {
	unit, scale, digits := "ms", 1000.0, 1
	for _, r := range j.Commands {
		if r.Median >= 1 {
			unit, scale, digits = "s", 1, 3
		}
	}
	time := func(s float64) string { return strconv.FormatFloat(s*scale, 'f', digits, 64) }

	table := [][]string{{"command", "median " + unit, "min .. max", "GB/s", "vs serial"}}
	if j.FastestPeer != "" {
		table[0] = append(table[0], "vs best peer")
	}
	notes := []string{""}
	for _, r := range j.Commands {
		row := []string{r.Name, "-", "-", "-", "-", "-"}
		if len(r.Times) > 0 {
			row = []string{
				r.Name,
				time(r.Median),
				time(r.Min) + " .. " + time(r.Max),
				strconv.FormatFloat(r.BytesPerSecond/1e9, 'f', 2, 64),
				ratio(r.Speedup),
				ratio(r.VsFastestPeer),
			}
		}
		table = append(table, row[:len(table[0])])
		switch {
		case r.Failure != "":
			notes = append(notes, "failed: "+r.Failure)
		case r.Differs:
			notes = append(notes, "ANSWERS DIFFER: "+r.Answer.String())
		default:
			notes = append(notes, "")
		}
	}

	var b strings.Builder
	fmt.Fprintf(&b, "\n%s: %s\n", j.Name, j.Title)
	if j.Reference != nil {
		fmt.Fprintf(&b, "answer: %s\n", j.Reference)
	}
	b.WriteByte('\n')
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for i, row := range table {
		var line strings.Builder
		for k, cell := range row {
			pad := strings.Repeat(" ", widths[k]-utf8.RuneCountInString(cell))
			if k == 0 { // names to the left, numbers to the right
				line.WriteString(cell + pad)
			} else {
				line.WriteString("  " + pad + cell)
			}
		}
		if notes[i] != "" {
			line.WriteString("  " + notes[i])
		}
		b.WriteString(line.String() + "\n")
	}

	if j.FastestPeer != "" || j.Scaling != nil || len(j.Warnings) > 0 {
		b.WriteByte('\n')
	}
	if j.FastestPeer != "" {
		fmt.Fprintf(&b, "best peer: %s\n", j.FastestPeer)
	}
	if j.Scaling != nil {
		b.WriteString(j.Scaling.text())
	}
	for _, w := range j.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	return b.String()
}

// ratio formats a speedup.
func ratio(x float64) string {
	if x == 0 {
		return "-"
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// formatBytes formats n in decimal units, like GB/s.
func formatBytes(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}
	x, i := float64(n), 0
	for x >= 999.5 && i < len(units)-1 {
		x /= 1000
		i++
	}
	return strconv.FormatFloat(x, 'g', 3, 64) + " " + units[i]
}

// formatCount groups the digits of n by three.
func formatCount(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
