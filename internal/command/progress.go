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
	hidden bool
	bar    *progressbar.ProgressBar
	start  time.Time
	wait   time.Duration // until the bar appears
	bytes  int64         // seen so far
	total  int64         // -1 if it is not known
}

// newProgress returns the bar that the option asks for.
func newProgress(when string, s *System) *progress {
	p := &progress{System: s, start: time.Now()}
	switch {
	case when == "never", when == "auto" && !term.IsTerminal(int(s.Stderr.Fd())):
		p.hidden = true
	case when == "auto":
		p.wait = time.Second
	}
	return p
}

func (p *progress) begin(s run.Start) { p.total = s.Total }

// add moves the bar on by the bytes of a range.
func (p *progress) add(bytes int64) {
	if p.hidden {
		return
	}
	p.bytes += bytes
	if p.bar == nil {
		if time.Since(p.start) < p.wait {
			return
		}
		p.Hold()
		p.bar = progressbar.NewOptions64(p.total,
			progressbar.OptionSetWriter(p.Stderr),
			progressbar.OptionShowBytes(true),
			progressbar.OptionUseIECUnits(true),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionFullWidth(),
		)
	}
	_ = p.bar.Set64(p.bytes)
}

// clear takes the bar off the screen, before a message or the result.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
