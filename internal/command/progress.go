package command

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/split"
)

// progress is a bar over bytes on standard error; nil shows nothing.
type progress struct {
	bar   *progressbar.ProgressBar
	start time.Time
	wait  time.Duration // until the bar appears
	bytes int64         // seen before that
	total int64
}

// newProgress returns the bar that the option asks for. Total is the number of
// bytes of all inputs, -1 if it is not known.
func newProgress(when string, total int64) *progress {
	p := &progress{start: time.Now(), total: total}
	switch {
	case when == "never", when == "auto" && !term.IsTerminal(int(os.Stderr.Fd())):
		return nil
	case when == "auto":
		p.wait = time.Second
	}
	return p
}

// add moves the bar on by the bytes of a range.
func (p *progress) add(r split.Range) {
	if p == nil {
		return
	}
	p.bytes += r.Len()
	if p.bar == nil {
		if time.Since(p.start) < p.wait {
			return
		}
		guard.Raise()
		p.bar = progressbar.NewOptions64(p.total,
			progressbar.OptionSetWriter(os.Stderr),
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
	if p != nil && p.bar != nil {
		_ = p.bar.Clear()
	}
}
