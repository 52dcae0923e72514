package command

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/schollz/progressbar/v3"
)

// line is a line of a bar: a name, a bar, and parts behind it. What there is no room for is left out,
// the least important first.
type line struct {
	width    int
	name     string
	pad      int   // the least width of the name
	done, of int64 // no bar is drawn if of is 0
	beside   bool  // leave room for one, as in the lines beside it
	parts    []part
}

type part struct {
	weight int
	text   string
}

func (l *line) part(weight int, text string) {
	if text != "" {
		l.parts = append(l.parts, part{weight, text})
	}
}

const (
	leastName = 12
	leastBar  = 10 // columns between the ends of a bar
	mostBar   = 40
	around    = "100% ||" // what stands around it
)

func (l *line) String() string {
	texts := l.fit()
	name := l.name
	if room := l.width - width(texts) - 2; uniseg.StringWidth(name) > room {
		name = shorten(name, room)
	}
	if name != "" {
		name += strings.Repeat(" ", max(l.pad-uniseg.StringWidth(name), 0))
	}
	front := []string{}
	if name != "" {
		front = append(front, name)
	}
	room := l.width - width(append(front[:len(front):len(front)], texts...)) - 2
	switch {
	case l.of == 0 && !l.beside:
	case room >= len(around)+leastBar:
		front = append(front, l.bar(min(room-len(around), mostBar)))
	case room >= len("100%"):
		front = append(front, l.percent())
	}
	return cut(strings.Join(append(front, texts...), "  "), l.width)
}

// fit is the parts for which there is room, beside a little of the name.
func (l *line) fit() []string {
	name := max(min(uniseg.StringWidth(l.name), leastName), l.pad)
	for least := 0; ; least++ {
		var texts []string
		for _, p := range l.parts {
			if p.weight > least {
				texts = append(texts, p.text)
			}
		}
		if len(texts) == 0 || width(texts)+name+2 <= l.width {
			return texts
		}
	}
}

// width is that of texts with two spaces between them.
func width(texts []string) int {
	n := 0
	for i, t := range texts {
		if i > 0 {
			n += 2
		}
		n += uniseg.StringWidth(t)
	}
	return n
}

// shorten leaves out the start of a name: files of one folder differ in their ends.
func shorten(name string, width int) string {
	const dots = "..."
	if width < len(dots)+4 {
		return ""
	}
	for uniseg.StringWidth(dots+name) > width {
		_, rest, _, _ := uniseg.FirstGraphemeClusterInString(name, -1)
		name = rest
	}
	return dots + name
}

// cut leaves out the end of a text that is wider than the screen.
func cut(text string, width int) string {
	at := 0
	for rest, state := text, -1; rest != ""; {
		var w int
		var cluster string
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if width -= w; width < 0 {
			return text[:at]
		}
		at += len(cluster)
	}
	return text
}

// percent is four columns.
func (l *line) percent() string {
	if l.of == 0 {
		return strings.Repeat(" ", len("100%"))
	}
	return fmt.Sprintf("%3d%%", 100*min(l.done, l.of)/l.of)
}

// bar is a bar of so many columns, with the percentage before it.
func (l *line) bar(width int) string {
	if l.of == 0 {
		return strings.Repeat(" ", len(around)+width)
	}
	var out bytes.Buffer
	p := progressbar.NewOptions64(l.of, progressbar.OptionSetWriter(&out),
		progressbar.OptionSetWidth(width), progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false))
	_ = p.Set64(min(l.done, l.of)) // which a buffer takes
	_ = p.RenderBlank()
	drawn := out.String()
	drawn = strings.TrimSpace(drawn[strings.LastIndexByte(strings.TrimRight(drawn, "\r "), '\r')+1:])
	_, drawn, _ = strings.Cut(drawn, "%")
	return l.percent() + drawn
}
