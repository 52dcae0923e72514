package bench

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress is a bar over all of the work, on a terminal only, with an estimate of how long it will
// still take and what is running.
type progress struct {
	bar  *progressbar.ProgressBar // nil: not on a terminal
	pace *pace
	done float64 // part of the work that is done
	room int     // characters for what is running
}

const progressSteps = 1000

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return &progress{}
	}
	const others = len("100% [|]  [12m34s:12m34s] ") // besides the bar and what is running
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		columns = 80
	}
	width := max(5, min(30, (columns-others)/3))
	return &progress{room: max(0, columns-others-width-1), bar: progressbar.NewOptions(progressSteps,
		progressbar.OptionSetWriter(f), progressbar.OptionSetWidth(width),
		progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(true),
		progressbar.OptionClearOnFinish(), progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSetTheme(progressbar.Theme{
			Saucer: "#", SaucerPadding: "-", BarStart: "[", BarEnd: "]",
		}))}
}

// show says what is done while the work has not begun.
func (p *progress) show(format string, args ...any) {
	if p.bar != nil {
		p.bar.Describe(p.cut(fmt.Sprintf(format, args...)))
	}
}

// at says which command is run in which round of a job that has taken so much of its time.
func (p *progress) at(j *jobSpec, c *command, round int, took, budget time.Duration) {
	if p.bar == nil {
		return
	}
	part := min(1, took.Seconds()/max(budget.Seconds(), 0.001))
	if p.pace.runs > 0 {
		part = float64(max(0, round)) / float64(p.pace.runs)
	} else { // it hardly takes longer than it should
		left := time.Until(p.pace.end).Seconds() / p.pace.total.Seconds()
		p.done = max(p.done, 1-max(0, left))
	}
	before := p.pace.weight - p.pace.left
	p.done = max(p.done, (before+part*j.weight)/p.pace.weight)
	p.bar.Describe(p.cut(j.Name + ": " + c.Name))
	_ = p.bar.Set(min(progressSteps-1, int(progressSteps*p.done)))
}

// cut shortens text to what fits behind the bar: a line that wraps could not be taken away.
func (p *progress) cut(text string) string { return fmt.Sprintf("%.*s", p.room, text) }

// clear takes the bar off the screen.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
