package print

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker/window"
)

// JSON writes JSON Lines in the form of ripgrep's --json: for each input with a
// selected record a "begin", a "match" for each selected and a "context" for each
// context record, and an "end"; after the last input a "summary". Text that is not
// UTF-8 is given as base64, as "bytes" instead of "text".
type JSON struct {
	w     *bufio.Writer
	lines *json.Encoder
	out   meter // to w
	quiet bool
	flush bool // each record
	start time.Time
	total jsonStats
	buf   []byte

	// Of the current input.
	begun bool
	since time.Time
	at    int64 // bytes written before it
	stats jsonStats
}

// NewJSON returns a JSON that writes to out; if it is quiet, only the summary.
func NewJSON(out output.Output, quiet, lineBuffered bool) *JSON {
	now := time.Now()
	j := &JSON{w: output.NewWriter(out).Writer, quiet: quiet, flush: lineBuffered, start: now, since: now}
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

func (m *meter) Write(p []byte) (int, error) {
	m.n += int64(len(p))
	return m.w.Write(p)
}

// The messages. Their fields are in ripgrep's order.

type jsonMessage struct {
	Type string `json:"type"`
	Data any    `json:"data"`
}

type jsonBegin struct {
	Path json.RawMessage `json:"path"`
}

type jsonEnd struct {
	Path   json.RawMessage `json:"path"`
	Binary *int64          `json:"binary_offset"` // always null: a NUL is a character here
	Stats  jsonStats       `json:"stats"`
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

func pathOf(name string) json.RawMessage { return appendText(nil, []byte(name)) }

func (j *JSON) write(kind string, data any) error {
	return j.lines.Encode(jsonMessage{kind, data})
}

// Record writes a "match" or a "context".
func (j *JSON) Record(r *Record) (ok bool, err error) {
	if !j.begun && !j.quiet {
		j.begun = true
		if err := j.write("begin", jsonBegin{pathOf(r.Name)}); err != nil {
			return true, err
		}
	}
	b, matches := j.appendRecord(j.buf[:0], r)
	j.buf = b
	if !r.Context {
		j.stats.MatchedLines++
		j.stats.Matches += matches
	}
	if j.quiet {
		return true, nil
	}
	if _, err := j.out.Write(b); err != nil {
		return true, err
	}
	return true, j.Written()
}

// Verbatim returns nil: each record is a message of its own.
func (j *JSON) Verbatim() *bufio.Writer { return nil }

// Written ends the writing of a record.
func (j *JSON) Written() error {
	if !j.flush {
		return nil
	}
	return j.Flush()
}

// Encoding does nothing: JSON is in UTF-8.
func (j *JSON) Encoding(binary.ByteOrder) error { return nil }

// appendRecord appends the message for a record; encoding/json takes ten times
// as long, and there may be one for each line of the input. Of a long message it
// appends only what is not written yet.
func (j *JSON) appendRecord(b []byte, r *Record) (out []byte, matches uint64) {
	kind := "match"
	if r.Context {
		kind = "context"
	}
	b = append(append(append(b, `{"type":"`...), kind...), `","data":{"path":`...)
	b = append(appendText(b, []byte(r.Name)), `,"lines":`...)
	b = append(j.appendText(b, r.Bytes), `,"line_number":`...)
	b = append(strconv.AppendUint(b, r.Line, 10), `,"absolute_offset":`...)
	b = append(strconv.AppendInt(b, r.Start, 10), `,"submatches":[`...)
	if r.Matches == nil {
		return append(b, "]}}\n"...), 0
	}
	for m, more := r.Matches(); more; m, more = r.Matches() {
		if matches++; matches > 1 {
			b = append(b, ',')
		}
		b = append(j.appendText(append(b, `{"match":`...), r.Bytes[m.Start:m.End]), `,"start":`...)
		b = append(strconv.AppendInt(b, m.Start, 10), `,"end":`...)
		b = append(strconv.AppendInt(b, m.End, 10), '}')
		b = j.spill(b)
	}
	return append(b, "]}}\n"...), matches
}

// spillSize is the number of bytes of a message from which on they are written,
// and of a text above which it is written in pieces. It divides by 3, as base64
// needs it.
var spillSize = 96 << 10

// spill writes what was appended if it is much. An error comes back when more is
// written.
func (j *JSON) spill(b []byte) []byte {
	if len(b) < spillSize {
		return b
	}
	if !j.quiet {
		_, _ = j.out.Write(b)
	}
	return b[:0]
}

// appendText appends an object with the text, or with base64 of the bytes.
func (j *JSON) appendText(b, s []byte) []byte {
	if len(s) <= spillSize {
		return appendText(b, s)
	}
	member, appendPiece := `{"text":"`, appendEscaped
	if !window.Valid(s, spillSize, utf8.Valid) {
		member, appendPiece = `{"bytes":"`, base64.StdEncoding.AppendEncode
	}
	b = append(b, member...)
	for ; len(s) > spillSize; s = s[spillSize:] {
		b = j.spill(appendPiece(b, s[:spillSize]))
		window.Passed(spillSize)
	}
	return append(appendPiece(b, s), `"}`...)
}

// appendText appends an object with the text, or with base64 of the bytes.
func appendText(b, s []byte) []byte {
	if !utf8.Valid(s) {
		b = base64.StdEncoding.AppendEncode(append(b, `{"bytes":"`...), s)
	} else {
		b = appendEscaped(append(b, `{"text":"`...), s)
	}
	return append(b, `"}`...)
}

// appendEscaped appends text as it stands in a string.
func appendEscaped(b, s []byte) []byte {
	done := 0
	for i, c := range s {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[done:i]...)
		done = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, s[done:]...)
}

// Gap writes nothing: the line numbers show it.
func (j *JSON) Gap() error { return nil }

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

// Close writes the "summary" and what is buffered.
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
func (j *JSON) Flush() error { return j.w.Flush() }
