package command

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/linefork/linefork/internal/human"
	"github.com/linefork/linefork/internal/limit"
	"github.com/linefork/linefork/worker"
)

// stats is what a run did, as --stats=json prints it: one object, on one line. Numbers that are not
// known are left out. The version is raised if a field gets another meaning.
type stats struct {
	Version    int          `json:"version"`
	Mode       worker.Mode  `json:"mode"` // maybe run.Inline
	Inputs     int          `json:"inputs"`
	Bytes      int64        `json:"bytes"`             // of archives, as they are
	Records    *int64       `json:"records,omitempty"` // or lines, counted
	Hits       *int64       `json:"hits,omitempty"`    // records, rows or lines that were selected
	Seconds    float64      `json:"seconds"`
	Rate       float64      `json:"bytes_per_s"`
	Tasks      int          `json:"tasks"`
	Retries    int          `json:"retries"`
	CPU        float64      `json:"cpu_s,omitempty"` // of all processes
	OwnCPU     float64      `json:"coordinator_cpu_s,omitempty"`
	Workers    []workerStat `json:"workers"`
	LimitRate  float64      `json:"limit_bytes_per_s,omitempty"` // see package limit
	LimitShare float64      `json:"limit_share,omitempty"`
}

type workerStat struct {
	Name    string  `json:"name"`
	Tasks   int     `json:"tasks"`
	Bytes   int64   `json:"bytes"`
	Hits    int64   `json:"hits"` // or records, counted
	Busy    float64 `json:"busy_s"`
	CPU     float64 `json:"cpu_s,omitempty"` // of a process that has ended
	Retries int     `json:"retries"`
}

// known is a number, or nil if it is negative.
func known(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func (p *progress) collect() *stats {
	now, s := time.Since(p.began).Seconds(), p.status()
	st := &stats{
		Version: 1, Mode: p.mode, Inputs: s.Inputs, Bytes: s.Bytes, Records: known(s.Records),
		Hits: known(s.Hits), Seconds: now, Rate: float64(s.Bytes) / now,
		OwnCPU: ownCPU().Seconds(),
	}
	st.CPU = st.OwnCPU
	for _, w := range s.Workers {
		st.Tasks += w.Tasks
		st.Retries += w.Broken
		st.CPU += w.CPU.Seconds()
		st.Workers = append(st.Workers, workerStat{
			Name: w.Name, Tasks: w.Tasks, Bytes: w.Bytes, Hits: w.Hits, Busy: w.Busy.Seconds(),
			CPU: w.CPU.Seconds(), Retries: w.Broken,
		})
	}
	if machine, ok := limit.Load(); ok {
		if rate, ok := machine.BytesPerSecond(len(s.Workers)); ok {
			st.LimitRate, st.LimitShare = rate, st.Rate/rate
		}
	}
	return st
}

// printStats prints what --stats asks for.
func (p *progress) printStats() {
	st := p.collect()
	if p.stats == "json" {
		b, err := json.Marshal(st)
		if err == nil {
			fmt.Fprintf(p.to, "%s\n", b)
		}
		return
	}
	fmt.Fprint(p.to, st.text(p.finds))
}

// text is a table for people.
func (st *stats) text(finds string) string {
	var b strings.Builder
	names := len("worker-1") + 1
	for _, w := range st.Workers {
		names = max(names, len(w.Name))
	}
	row := func(name, format string, values ...any) {
		fmt.Fprintf(&b, "%-*s %s\n", names, name, fmt.Sprintf(format, values...))
	}
	row("inputs", "%s, %s", human.Count(int64(st.Inputs)), human.Bytes(st.Bytes))
	for _, n := range []*int64{st.Records, st.Hits} {
		if n != nil {
			row(finds, "%s", human.Count(*n))
		}
	}
	row("time", "%s, %s", seconds(st.Seconds), human.Rate(st.Rate))
	if st.LimitRate > 0 {
		row("limit", "%.0f%% of the %s at which this machine reads", 100*st.LimitShare, human.Rate(st.LimitRate))
	}
	row("work", "%s, %s, %s, %s of processor time", st.Mode, counted(int64(st.Tasks), "tasks"),
		retries(st.Retries), seconds(st.CPU))
	for _, w := range st.Workers {
		text := fmt.Sprintf("%s, %s, %s, busy for %s", counted(int64(w.Tasks), "tasks"),
			human.Bytes(w.Bytes), counted(w.Hits, finds), seconds(w.Busy))
		if w.CPU > 0 {
			text += fmt.Sprintf(" (processor %s)", seconds(w.CPU))
		}
		if w.Retries > 0 {
			text += fmt.Sprintf(", broke %s", counted(int64(w.Retries), "times"))
		}
		row(w.Name, "%s", text)
	}
	return b.String()
}

// counted is a number of things, whose plural ends in an s.
func counted(n int64, things string) string {
	if n == 1 {
		things = strings.TrimSuffix(things, "s")
	}
	return human.Count(n) + " " + things
}

func retries(n int) string {
	if n == 1 {
		return "1 retry"
	}
	return human.Count(int64(n)) + " retries"
}

func seconds(s float64) string {
	if s < 1 {
		return fmt.Sprintf("%.1f ms", 1000*s)
	}
	return fmt.Sprintf("%.2f s", s)
}
