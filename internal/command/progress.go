package command

import (
	"io"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"time"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/signals"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// progress shows how far a run has come: as a bar on a terminal, as lines elsewhere, and in a
// line whenever a signal asks for it.
type progress struct {
	*program
	when  string // see args.Common.Progress
	stats string // see args.Common.Stats
	finds string // what the run counts: "lines", "hits"

	mode   worker.Mode
	began  time.Time
	status func() run.Status // nil before the run starts

	listening *time.Timer // until signals are heard; nil if they are not
	background

	mu    sync.Mutex // of what follows
	plain *bar
}

// listenAfter is how long a run takes at least in which signals are heard. To set up handlers would
// take a sixth of a run over two small files.
const listenAfter = 20 * time.Millisecond

// The bar appears when a run has taken as long as this, unless it was asked for. What is not a
// terminal is told every so often.
const (
	patience = time.Second
	interval = 5 * time.Second
)

// begin is called when the run starts.
func (p *progress) begin(s run.Start) {
	p.mode, p.status, p.began = s.Mode, s.Status, time.Now()
	p.plain = p.bar(len(s.Infos))
	if s.Mode != run.Inline {
		p.listening = time.AfterFunc(listenAfter, func() {
			p.Hold() // SIGQUIT is to be quiet
			p.onSignal()
		})
	}
	switch isTerminal := terminal.Is(p.Stderr); {
	case p.when == args.ProgressNever || p.direct || isTerminal && !p.drawable():
	case !isTerminal && p.when == args.ProgressAuto:
	case !isTerminal:
		p.Hold() // the last line is whole
		p.every(interval, func() { _, _ = io.WriteString(p.to, p.line()) })
	case p.when == args.ProgressAuto:
		if s.Mode != run.Inline && !p.typed {
			p.show(p.bar(len(s.Infos)).one, patience)
		}
	default:
		b := p.bar(len(s.Infos))
		draw := b.one
		if p.when == args.ProgressWorkers {
			draw = b.each
		}
		p.show(draw, 0)
	}
}

// drawable reports whether the terminal understands what draws a bar.
func (p *progress) drawable() bool {
	t := p.env("TERM")
	return t != "dumb" && (t != "" || runtime.GOOS == "windows")
}

// show draws a bar from now on.
func (p *progress) show(draw terminal.Draw, delay time.Duration) {
	p.onStop()
	p.screen.Show(p.held(draw), delay)
}

// bar returns what words the progress.
func (p *progress) bar(inputs int) *bar {
	b := &bar{status: p.status, inputs: inputs, finds: p.finds, locale: p.locale}
	b.start(p.began)
	return b
}

// held draws once signals end the run in good order: a bar must be taken away before that.
func (p *progress) held(draw terminal.Draw) terminal.Draw {
	return func(width, height int) []string {
		p.Hold()
		return draw(width, height)
	}
}

// every calls do now and then until the end.
func (p *progress) every(d time.Duration, do func()) {
	p.run(func(ended <-chan struct{}) {
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				do()
			case <-ended:
				return
			}
		}
	})
}

// onSignal prints a line for each signal that asks for it.
func (p *progress) onSignal() {
	if len(signals.Asking) == 0 {
		return
	}
	p.run(func(ended <-chan struct{}) {
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, signals.Asking...)
		defer signal.Ignore(signals.Asking...) // one that comes late must not kill
		for {
			select {
			case <-asked:
				_, _ = io.WriteString(p.to, p.line())
			case <-ended:
				return
			}
		}
	})
}

// line is a line about the run as it is now.
func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plain.plain(time.Now())
}

// end takes the bar away, and prints what --stats asks for.
func (p *progress) end() {
	if p.ctx.Err() != nil {
		p.screen.Settle()
	}
	p.screen.Hide()
	if p.listening != nil {
		p.listening.Stop()
	}
	p.background.end()
	if p.status != nil && p.stats != "" {
		p.printStats()
	}
}
