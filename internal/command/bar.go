package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/human"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// bar words how far a run has come. It is for one goroutine.
type bar struct {
	status  func() run.Status
	inputs  int    // that were named
	finds   string // what is counted on the way: "hits", "lines", "records"
	locale  locale.Locale
	began   time.Time
	speed   speed
	workers []speed
}

// start begins the measuring of speeds.
func (b *bar) start(now time.Time) {
	b.began = now
	b.speed.add(now, 0)
}

// total is the line of the whole run.
func (b *bar) total(now time.Time, s *run.Status, width int) string {
	rate := b.speed.add(now, s.Bytes)
	l := line{width: width}
	if s.Total > 0 {
		l.done, l.of = s.Bytes, s.Total
	}
	if b.inputs != 1 && s.Input != "" {
		l.name = gnu.Quote(s.Input, b.locale)
	}
	l.part(2, b.amount(s))
	l.part(4, human.Rate(rate))
	l.part(1, b.found(s))
	if left, ok := b.left(s, rate); ok {
		l.part(3, human.Clock(left)+" left")
	} else {
		l.part(3, human.Clock(now.Sub(b.began)))
	}
	return l.String()
}

func (b *bar) amount(s *run.Status) string {
	if s.Total > 0 {
		return human.Bytes(s.Bytes) + " of " + human.Bytes(s.Total)
	}
	return human.Bytes(s.Bytes)
}

func (b *bar) found(s *run.Status) string {
	n := max(s.Records, s.Hits)
	if n < 0 {
		return ""
	}
	// What workers have found whose turn has not come counts already.
	early := int64(0)
	for i := range s.Workers {
		early += s.Workers[i].Hits
	}
	n = max(n, early)
	return counted(n, b.finds)
}

// left is the time that the rest will take.
func (b *bar) left(s *run.Status, rate float64) (time.Duration, bool) {
	if s.Total <= 0 || rate <= 0 {
		return 0, false
	}
	seconds := float64(s.Total-s.Bytes) / rate
	return time.Duration(min(seconds, 1e6) * float64(time.Second)), true
}

// plain is a line about the run for what is not a terminal.
func (b *bar) plain(now time.Time) string {
	s := b.status()
	rate := b.speed.add(now, s.Bytes)
	parts := []string{b.amount(&s)}
	if s.Total > 0 {
		parts[0] = fmt.Sprintf("%d%%, %s", 100*s.Bytes/s.Total, parts[0])
	}
	parts = append(parts, human.Rate(rate))
	if found := b.found(&s); found != "" {
		parts = append(parts, found)
	}
	parts = append(parts, human.Clock(now.Sub(b.began)))
	if left, ok := b.left(&s, rate); ok {
		parts = append(parts, human.Clock(left)+" left")
	}
	text := strings.Join(parts, ", ")
	if s.Input != "" {
		text = gnu.Quote(s.Input, b.locale) + ": " + text
	}
	return "linefork: " + text + "\n"
}

// one draws the line of the run.
func (b *bar) one(width, _ int) []string {
	s := b.status()
	return []string{b.total(time.Now(), &s, width)}
}

// each draws a line for each worker, and that of the run below them. Workers for whom there is no
// room share the last line above that.
func (b *bar) each(width, height int) []string {
	now, s := time.Now(), b.status()
	room := height - 1
	if room <= 0 {
		return []string{b.total(now, &s, width)}
	}
	if b.workers == nil {
		b.workers = make([]speed, len(s.Workers))
		for i := range b.workers {
			b.workers[i].add(b.began, 0)
		}
	}
	shown := len(s.Workers)
	if shown > room {
		shown = room - 1
	}
	names := 0
	for i := range s.Workers {
		names = max(names, len(s.Workers[i].Name))
	}
	var lines []*line
	others, rates := worker.Status{}, 0.0
	for i := range s.Workers {
		w := &s.Workers[i]
		rate := b.workers[i].add(now, w.Bytes)
		if i < shown {
			lines = append(lines, b.worker(w, rate, width, names))
			continue
		}
		rates += rate
		others.Bytes += w.Bytes
		others.Hits += w.Hits
	}
	if n := len(s.Workers) - shown; n > 0 {
		l := &line{width: width, name: fmt.Sprintf("%d more", n), pad: names}
		l.part(2, human.Bytes(others.Bytes))
		l.part(4, human.Rate(rates))
		l.part(1, counted(others.Hits, b.finds))
		lines = append(lines, l)
	}
	align(lines)
	var drawn []string
	for _, l := range lines {
		drawn = append(drawn, l.String())
	}
	return append(drawn, b.total(now, &s, width))
}

// align lets what belongs together stand below each other: the lines have the same parts.
func align(lines []*line) {
	var widths []int
	for _, l := range lines {
		for i, p := range l.parts {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(p.text))
		}
	}
	bars := slices.ContainsFunc(lines, func(l *line) bool { return l.of > 0 })
	for _, l := range lines {
		for i := range l.parts {
			p := &l.parts[i]
			p.text = strings.Repeat(" ", widths[i]-uniseg.StringWidth(p.text)) + p.text
		}
		l.beside = bars
	}
}

// worker is the line of one worker.
func (b *bar) worker(w *worker.Status, rate float64, width, names int) *line {
	l := &line{width: width, name: w.Name, pad: names}
	if w.Input != "" {
		l.done, l.of = w.At-w.Range.Start, w.Range.Len()
		at := "at " + human.Bytes(w.At)
		if b.inputs != 1 {
			at = gnu.Quote(w.Input, b.locale) + " " + at
		}
		l.part(2, at)
	} else {
		l.part(2, "idle")
	}
	l.part(4, human.Rate(rate))
	l.part(1, counted(w.Hits, b.finds))
	return l
}
