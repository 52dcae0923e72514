package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// firstDifference runs two commands again and returns the first line in which their output
// differs, in words. Only as much is kept as is shown.
func (j *jobSpec) firstDifference(ctx context.Context, want, got *command) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a, endA := j.pipe(ctx, want)
	b, endB := j.pipe(ctx, got)
	where, err := compareLines(a, b)
	cancel() // neither need go on
	endA()
	endB()
	if err != nil {
		return "they could not be compared line by line: " + oneLine(err.Error())
	}
	return where
}

// pipe starts a command and returns its output. end is called when no more of it is wanted.
func (j *jobSpec) pipe(ctx context.Context, c *command) (out io.Reader, end func()) {
	r, w := io.Pipe()
	cmd := newCommand(ctx, c)
	cmd.Stdout = w
	if j.stdin != nil {
		cmd.Stdin = j.stdin(ctx)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := cmd.Run()
		w.CloseWithError(c.failure(err, ""))
	}()
	return r, func() { r.Close(); <-done }
}

// compareLines reads both until they differ.
func compareLines(want, got io.Reader) (string, error) {
	w, g := lineReader{r: want}, lineReader{r: got}
	for number := 1; ; number++ {
		wErr, gErr := w.next(), g.next()
		switch {
		case wErr != nil && !errors.Is(wErr, io.EOF):
			return "", wErr
		case gErr != nil && !errors.Is(gErr, io.EOF):
			return "", gErr
		case wErr != nil && gErr != nil:
			return "the output of another run does not differ", nil
		case wErr != nil || gErr != nil || w.sum != g.sum || w.length != g.length ||
			!bytes.Equal(w.head, g.head):
			return fmt.Sprintf("line %d of the output is %s, not %s", number,
				g.shown(gErr), w.shown(wErr)), nil
		}
	}
}

// lineReader reads lines of any length, of which it keeps the start and a checksum.
type lineReader struct {
	r          io.Reader
	buf, ahead []byte // ahead is what was read and not used yet, in buf
	head       []byte
	length     int64
	sum        uint64 // FNV-1a of the whole line
}

// next reads a line. At the end of the input the error is io.EOF.
func (l *lineReader) next() error {
	const kept = 60
	l.head, l.length, l.sum = l.head[:0], 0, 14695981039346656037
	if l.buf == nil {
		l.buf = make([]byte, 64<<10)
	}
	for {
		if len(l.ahead) == 0 {
			n, err := l.r.Read(l.buf)
			if l.ahead = l.buf[:n]; n == 0 && err != nil {
				if l.length > 0 && errors.Is(err, io.EOF) {
					return nil
				}
				return err
			}
		}
		end := bytes.IndexByte(l.ahead, '\n')
		piece := l.ahead
		if end >= 0 {
			piece = l.ahead[:end]
		}
		l.length += int64(len(piece))
		l.head = append(l.head, piece[:min(len(piece), kept-len(l.head))]...)
		for _, c := range piece {
			l.sum = (l.sum ^ uint64(c)) * 1099511628211
		}
		l.ahead = l.ahead[len(piece):]
		if end >= 0 {
			l.ahead = l.ahead[1:]
			l.length++ // so that a line without its end is not taken for one with it
			return nil
		}
	}
}

func (l *lineReader) shown(err error) string {
	if err != nil {
		return "missing"
	}
	head, cut := l.head, l.length > int64(len(l.head))+1
	for cut && len(head) > 0 && !utf8.Valid(head) && len(l.head)-len(head) < utf8.UTFMax {
		head = head[:len(head)-1] // cut inside a character
	}
	s := strconv.Quote(string(head))
	if cut {
		s += "…"
	}
	return s
}
