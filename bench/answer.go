package bench

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/human"
)

// answer is what a command found: a number of lines or records, and the hash of the rows if it
// printed them.
type answer struct {
	Lines  int64  `json:"lines"`
	SHA256 string `json:"sha256,omitempty"`
}

func (a answer) String() string { return human.Count(a.Lines) }

// agrees reports whether a and b may both be right: a number agrees with as many rows.
func (a answer) agrees(b answer) bool {
	return a.Lines == b.Lines && (a.SHA256 == b.SHA256 || a.SHA256 == "" || b.SHA256 == "")
}

// output takes what a command prints, keeps the start of it, and hashes it if it is rows. Nothing
// else is stored, and the same rows take the same time, whichever command prints them.
type output struct {
	head headBuffer
	sum  summer
	hash hash.Hash // nil if a number is expected
	rows int64
	last byte
}

func newOutput(r reading) *output {
	if r == asRows || r == asEither {
		return &output{hash: sha256.New()}
	}
	return new(output)
}

func (o *output) Write(p []byte) (int, error) {
	_, _ = o.head.Write(p)
	if o.hash == nil {
		o.sum.write(p)
	} else if len(p) > 0 {
		o.hash.Write(p)
		o.rows += int64(bytes.Count(p, []byte{'\n'}))
		o.last = p[len(p)-1]
	}
	return len(p), nil
}

// answer reads what was printed.
func (o *output) answer(c *command) (a answer, err error) {
	if c.reads == asEither && o.rows == 1 {
		if n, err := strconv.ParseInt(strings.TrimSpace(o.head.String()), 10, 64); err == nil {
			return answer{Lines: n}, nil
		}
	}
	switch c.reads {
	case asRows, asEither:
		if o.last != 0 && o.last != '\n' {
			o.rows++
		}
		return answer{o.rows, hex.EncodeToString(o.hash.Sum(nil))}, nil
	case asSum:
		a.Lines, err = o.sum.total()
	default:
		a.Lines, err = parseCount(o.head.String(), c.exitsWith == 1)
	}
	a.Lines += c.adds
	return a, err
}

// parseCount reads the number that starts the output of a count. Some tools indent it and print the
// file name after it; rg prints nothing instead of 0.
func parseCount(out string, quiet bool) (int64, error) {
	fields := strings.Fields(out)
	if len(fields) == 0 {
		if quiet {
			return 0, nil
		}
		return 0, errNoNumber
	}
	n, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w but %q", errNoNumber, fields[0])
	}
	return n, nil
}

var errNoNumber = errors.New("it printed no number")

// summer adds up the numbers that start the lines written to it.
type summer struct {
	line []byte // that has not ended
	n    int64
	err  error
}

func (s *summer) write(p []byte) {
	for line := range bytes.Lines(p) {
		if len(s.line) < 100 {
			s.line = append(s.line, line[:min(len(line), 100)]...)
		}
		if line[len(line)-1] == '\n' {
			s.add()
		}
	}
}

func (s *summer) add() {
	n, err := parseCount(string(s.line), true)
	s.n, s.line = s.n+n, s.line[:0]
	if s.err == nil {
		s.err = err
	}
}

func (s *summer) total() (int64, error) {
	s.add()
	return s.n, s.err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
