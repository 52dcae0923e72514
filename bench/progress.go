package bench

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// progress is a line that is overwritten, on a terminal only.
type progress struct {
	w     io.Writer // nil: none
	width int       // of what is shown
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return &progress{w: f}
	}
	return &progress{}
}

func (p *progress) show(format string, args ...any) {
	if p.w == nil {
		return
	}
	text := []rune(fmt.Sprintf(format, args...))
	s := string(text[:min(len(text), 78)]) // a wrapped line could not be overwritten
	n := utf8.RuneCountInString(s)
	fmt.Fprintf(p.w, "\r%s%s", s, strings.Repeat(" ", max(0, p.width-n)))
	p.width = n
}

func (p *progress) clear() {
	if p.w != nil && p.width > 0 {
		fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", p.width))
		p.width = 0
	}
}
