package command

import (
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/linefork/linefork/merge/run"
)

// progress is a bar over bytes on standard error.
type progress struct {
	*System
	bar     *progressbar.ProgressBar // nil until it appears
	appears time.Time                // zero: never
	bytes   int64                    // seen so far
	total   int64                    // -1 if it is not known
}

// newProgress returns the bar that the option asks for.
func newProgress(when string, s *System) *progress {
	p := &progress{System: s}
	switch {
	case when == "always":
		p.appears = time.Now()
	case when == "auto" && term.IsTerminal(int(s.Stderr.Fd())):
		p.appears = time.Now().Add(time.Second)
	}
	return p
}

func (p *progress) begin(s run.Start) { p.total = s.Total }

// add moves the bar on by the bytes of a range.
func (p *progress) add(bytes int64) {
	p.bytes += bytes
	if p.appears.IsZero() || time.Now().Before(p.appears) {
		return
	}
	if p.bar == nil {
		p.Hold()
		p.bar = progressbar.NewOptions64(p.total, progressbar.OptionSetWriter(p.Stderr),
			progressbar.OptionShowBytes(true), progressbar.OptionUseIECUnits(true),
			progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	}
	_ = p.bar.Set64(p.bytes)
}

// clear takes the bar off the screen, before a message or the result.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
