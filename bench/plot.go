package bench

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/linefork/linefork/bench/chart"
)

// CheckPlot returns an error if the ending of a file's name says nothing about how to draw in it.
func CheckPlot(name string) error {
	switch filepath.Ext(name) {
	case ".svg", ".png", ".html":
		return nil
	}
	return fmt.Errorf("the name of '%s' ends in none of .svg, .png and .html", name)
}

// plot draws the charts in a file.
func (r *report) plot(name string) error {
	var b bytes.Buffer
	switch filepath.Ext(name) {
	case ".svg":
		b.WriteString(chart.SVG(r.charts()...))
	case ".png":
		if err := chart.WritePNG(&b, r.charts()...); err != nil {
			return fmt.Errorf("draw %s: %w", name, err)
		}
	default:
		b.WriteString(r.html())
	}
	return os.WriteFile(name, b.Bytes(), 0o666)
}

// charts are those of what was measured: speed-up by workers, and time by tool.
func (r *report) charts() (charts []chart.Chart) {
	if c := r.speedups(); len(c.Series) > 0 {
		charts = append(charts, c)
	}
	if c := r.times(); len(c.Rows) > 0 {
		charts = append(charts, c)
	}
	return charts
}

func (r *report) speedups() *chart.Lines {
	c := &chart.Lines{
		Title: "Speed-up by number of processes", X: "processes", Y: "times serial",
		Ideal: "ideal",
	}
	for _, j := range r.Jobs {
		if j.Group != groupCurve {
			continue
		}
		s := chart.Series{Name: j.Name}
		for _, res := range j.Commands {
			if res.Mode == modeProcesses && res.Speedup > 0 {
				s.Points = append(s.Points, chart.Point{X: float64(res.Workers), Y: res.Speedup})
			}
		}
		if len(s.Points) > 0 {
			c.Series = append(c.Series, s)
		}
	}
	return c
}

func (r *report) times() *chart.Marks {
	c := &chart.Marks{
		Title: "Time by tool", X: "time (logarithmic); less is better",
		Series: []string{lineforkName(modeProcesses, r.Workers)},
	}
	for _, j := range r.Jobs {
		if !j.compares() {
			continue
		}
		row := chart.Row{Name: j.Name}
		for _, res := range j.Commands {
			if !res.measured() || res.Mode == modeThreads {
				continue
			}
			name := res.tool()
			if !res.isPeer() {
				name = res.Name
			}
			i := slices.Index(c.Series, name)
			if i < 0 {
				i = len(c.Series)
				c.Series = append(c.Series, name)
			}
			for len(row.Seconds) <= i {
				row.Seconds = append(row.Seconds, 0)
			}
			row.Seconds[i] = res.Median
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// html is a page with all of the report.
func (r *report) html() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>linefork bench</title>
<style>
body { font: 15px/1.5 'DejaVu Sans', Verdana, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; background: #ffffff; color: #1f2328 }
svg { max-width: 100%; height: auto }
table { border-collapse: collapse; font-size: 13px }
td, th { padding: 2px 10px; border-bottom: 1px solid #d1d9e0; text-align: right; white-space: nowrap; font-weight: normal }
td:first-child { text-align: left }
.note { white-space: normal }
@media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3 } td, th { border-color: #3d444d } }
</style>
<h1>linefork bench</h1>
<ul>
`)
	item := func(text string) { b.WriteString("<li>" + html.EscapeString(text) + "\n") }
	for _, line := range r.Verdict {
		item(line)
	}
	b.WriteString("</ul>\n")
	if charts := r.charts(); len(charts) > 0 {
		b.WriteString(chart.SVG(charts...))
	}
	b.WriteString("<ul>\n")
	for _, line := range r.headLines() {
		item(strings.TrimPrefix(line[0]+": "+line[1], ": "))
	}
	for _, l := range r.LeftOut {
		item("left out: " + l)
	}
	b.WriteString("</ul>\n")
	for _, s := range r.sections() {
		fmt.Fprintf(&b, "<h2>%s</h2>\n<p>%s</p>\n%s", html.EscapeString(s.heading),
			html.EscapeString(strings.Join(s.words, " ")), s.table.html())
	}
	b.WriteString("</html>\n")
	return b.String()
}
