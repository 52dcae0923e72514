package merge

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/span"
)

// JSON is a Printer of JSON Lines in the form of ripgrep's --json: for each
// input with a selected record a "begin", a "match" for each selected and a
// "context" for each context record, and an "end"; after the last input a
// "summary". Text that is not UTF-8 is given as base64, as "bytes" in the place
// of "text".
type JSON struct {
	w     *bufio.Writer
	lines *json.Encoder
	out   meter
	quiet bool
	start time.Time
	total jsonStats

	// Of the input in hand.
	begun bool
	since time.Time
	at    int64 // bytes written before it
	stats jsonStats
}

// NewJSON returns a JSON that writes to out; if it is quiet, only the summary.
func NewJSON(out io.Writer, quiet bool) *JSON {
	j := &JSON{w: bufio.NewWriterSize(out, 256<<10), quiet: quiet, start: time.Now(), since: time.Now()}
	j.out.w = j.w
	j.lines = json.NewEncoder(&j.out)
	j.lines.SetEscapeHTML(false)
	return j
}

// meter counts what is written.
type meter struct {
	w io.Writer
	n int64
}

func (c *meter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.w.Write(p)
}

// The messages. Their fields are in ripgrep's order.

type jsonMessage struct {
	Type string `json:"type"`
	Data any    `json:"data"`
}

type jsonBegin struct {
	Path jsonText `json:"path"`
}

type jsonRecord struct {
	Path       jsonText    `json:"path"`
	Lines      jsonText    `json:"lines"`
	LineNumber uint64      `json:"line_number"`
	Offset     int64       `json:"absolute_offset"` // from the start of the input
	Submatches []jsonMatch `json:"submatches"`
}

type jsonMatch struct {
	Match jsonText `json:"match"`
	Start int64    `json:"start"` // offset in the record
	End   int64    `json:"end"`
}

type jsonEnd struct {
	Path   jsonText  `json:"path"`
	Binary *int64    `json:"binary_offset"` // always null: a NUL is a character here
	Stats  jsonStats `json:"stats"`
}

type jsonStats struct {
	Elapsed         jsonTime `json:"elapsed"`
	Searches        uint64   `json:"searches"`
	SearchesMatched uint64   `json:"searches_with_match"`
	BytesSearched   int64    `json:"bytes_searched"`
	BytesPrinted    int64    `json:"bytes_printed"`
	MatchedLines    uint64   `json:"matched_lines"`
	Matches         uint64   `json:"matches"`
}

type jsonTime struct {
	Secs  int64  `json:"secs"`
	Nanos int64  `json:"nanos"`
	Human string `json:"human"`
}

func elapsed(d time.Duration) jsonTime {
	return jsonTime{int64(d / time.Second), int64(d % time.Second), fmt.Sprintf("%.6fs", d.Seconds())}
}

func (s *jsonStats) add(o *jsonStats) {
	s.Searches += o.Searches
	s.SearchesMatched += o.SearchesMatched
	s.BytesSearched += o.BytesSearched
	s.BytesPrinted += o.BytesPrinted
	s.MatchedLines += o.MatchedLines
	s.Matches += o.Matches
}

// jsonText is text or bytes.
type jsonText struct {
	Text  *string `json:"text,omitempty"`
	Bytes []byte  `json:"bytes,omitempty"` // base64 in JSON
}

func textOf(b []byte) jsonText {
	if !utf8.Valid(b) {
		return jsonText{Bytes: b}
	}
	s := string(b)
	return jsonText{Text: &s}
}

func pathOf(name string) jsonText {
	if name == split.StdinName {
		name = "<stdin>"
	}
	return textOf([]byte(name))
}

func (j *JSON) write(kind string, data any) error {
	return outputError(j.lines.Encode(jsonMessage{kind, data}))
}

// Record writes a "match" or a "context".
func (j *JSON) Record(r *Record) (ok bool, err error) {
	path, kind := pathOf(r.Name), "match"
	if !j.begun && !j.quiet {
		j.begun = true
		if err := j.write("begin", jsonBegin{path}); err != nil {
			return true, err
		}
	}
	m := jsonRecord{path, textOf(r.Bytes), r.Line, r.Start, []jsonMatch{}}
	if r.Matches != nil {
		for s := range r.Matches {
			m.Submatches = append(m.Submatches, jsonMatch{textOf(r.Bytes[s.Start:s.End]), s.Start, s.End})
		}
	}
	if r.Context {
		kind = "context"
	} else {
		j.stats.MatchedLines++
		j.stats.Matches += uint64(len(m.Submatches))
	}
	if j.quiet {
		return true, nil
	}
	return true, j.write(kind, m)
}

// Gap writes nothing: the line numbers tell.
func (j *JSON) Gap() error { return nil }

// Copy is not called: each record is asked for.
func (j *JSON) Copy(*view, span.Span) error { panic("merge: JSON of joined spans") }

// End writes the "end" of an input.
func (j *JSON) End(s *Summary) (err error) {
	j.stats.Searches = 1
	if s.Selected > 0 {
		j.stats.SearchesMatched = 1
	}
	j.stats.BytesSearched = s.Searched
	j.stats.BytesPrinted = j.out.n - j.at
	j.stats.Elapsed = elapsed(time.Since(j.since))
	j.total.add(&j.stats)
	if j.begun {
		err = j.write("end", jsonEnd{Path: pathOf(s.Name), Stats: j.stats})
	}
	j.begun, j.since, j.at, j.stats = false, time.Now(), j.out.n, jsonStats{}
	return err
}

// Close writes the "summary".
func (j *JSON) Close() error {
	d := elapsed(time.Since(j.start))
	j.total.Elapsed = d
	err := j.write("summary", struct {
		Elapsed jsonTime  `json:"elapsed_total"`
		Stats   jsonStats `json:"stats"`
	}{d, j.total})
	if err != nil {
		return err
	}
	return j.Flush()
}

// Flush writes what is buffered.
func (j *JSON) Flush() error { return outputError(j.w.Flush()) }
