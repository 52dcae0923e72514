package rows

import (
	"bytes"
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"slices"

	"github.com/linefork/linefork/worker/span"
)

// tb is what testing.T and rapid.T have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
}

// clause is a Condition with its column.
type clause struct {
	column  int
	keys    []string
	numeric bool
}

// in is one clause.
func in(column int, keys ...string) []clause { return []clause{{column: column, keys: keys}} }

func (c clause) String() string {
	return fmt.Sprintf("column %d in %q, numeric %v", c.column, c.keys, c.numeric)
}

func (c *clause) condition() Condition {
	return Condition{In: newKeys(c.numeric, c.keys...), Numeric: c.numeric}
}

// newKeys is a set of text or of numbers.
func newKeys(numeric bool, keys ...string) *Keys {
	k := &Keys{}
	add := k.Add
	if numeric {
		add = k.AddNumber
	}
	for _, key := range keys {
		if !add([]byte(key)) {
			panic("Keys refuses " + key)
		}
	}
	return k
}

// holds reports whether the reference selects a record by the clause.
func (c *clause) holds(r refRecord) bool {
	return len(r.fields) >= c.column && slices.ContainsFunc(c.keys, func(key string) bool {
		value := r.fields[c.column-1]
		if !c.numeric {
			return value == key
		}
		n := refNumber(value)
		return n != nil && n.Cmp(refNumber(key)) == 0
	})
}

// trial is one scan of a whole input that is checked against the reference.
type trial struct {
	input     []byte
	where     []clause
	key       int // the column that is counted, if any is
	delimiter byte
	quote     byte // 0: the usual one
	noQuote   bool
	escape    byte
	fileStart bool
	invert    bool
	each      bool
	spans     bool
	max       uint64

	many bool // a list had too many spans for Part.Data, which is left out for a while then
}

func (c *trial) String() string {
	input := fmt.Sprintf("%q", c.input)
	if len(input) > 2000 {
		input = fmt.Sprintf("%s… (%d bytes)", input[:2000], len(c.input))
	}
	return fmt.Sprintf("where %v, key %d, dialect %+v, file start %v, invert %v, each %v, spans %v, max %d, input %s",
		c.where, c.key, c.dialect(), c.fileStart, c.invert, c.each, c.spans, c.max, input)
}

func (c *trial) dialect() Dialect {
	d := Dialect{Delimiter: c.delimiter, Quote: '"', Escape: c.escape}
	if c.quote != 0 {
		d.Quote = c.quote
	}
	if c.noQuote {
		return d.Plain()
	}
	return d
}

func (c *trial) compile(t tb) *Matcher {
	t.Helper()
	m, err := Compile(c.spec())
	if err != nil {
		t.Fatalf("%v: %v", c, err)
	}
	return m
}

func (c *trial) spec() Spec {
	s := Spec{Invert: c.invert, Tally: c.key > 0, Dialect: c.dialect(), Spans: c.spans, Each: c.each}
	for i := range c.where {
		s.Where = append(s.Where, c.where[i].condition())
	}
	return s
}

func (c *trial) columns() (columns []int) {
	for i := range c.where {
		columns = append(columns, c.where[i].column)
	}
	if c.key > 0 {
		columns = append(columns, c.key)
	}
	return columns
}

// numeric reports whether some clause is.
func (c *trial) numeric() bool {
	return slices.ContainsFunc(c.where, func(c clause) bool { return c.numeric })
}

// numberSyntax is the grammar in the comment of Number.
var numberSyntax = regexp.MustCompile(`^[ \t\n\v\f\r]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\n\v\f\r]*$`)

// refNumber is the number that s is, or nil.
func refNumber(s string) *big.Rat {
	m := numberSyntax.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	r, ok := new(big.Rat).SetString(m[1])
	if !ok {
		panic("big.Rat does not know " + m[1])
	}
	return r
}

// selected is the records that a scan must select, and the start of the record
// that is open at the end, or -1.
func (c *trial) selected(records []refRecord) (rows []refRecord, open int) {
	for _, r := range records {
		if r.open {
			return rows, r.start
		}
		holds := true
		for i := range c.where {
			holds = holds && c.where[i].holds(r)
		}
		if holds != c.invert {
			rows = append(rows, r)
		}
	}
	return rows, -1
}

// refSpans is where rows stand, in the form that All yields for the trial.
func (c *trial) refSpans(rows []refRecord) (spans []span.Span) {
	if !c.spans {
		return nil
	}
	at, line := 0, 0
	for _, r := range rows {
		s := span.Span{Start: int64(r.start), End: int64(r.end)}
		if c.each {
			line += bytes.Count(c.input[at:r.start], []byte("\n"))
			at, s.Line = r.start, uint64(line)
		}
		spans = append(spans, s)
	}
	if !c.each {
		spans = join(spans)
	}
	return spans
}

// join makes one span of spans that touch.
func join(spans []span.Span) (joined []span.Span) {
	for _, s := range spans {
		if n := len(joined); n > 0 && joined[n-1].End == s.Start {
			joined[n-1].End = s.End
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// checkRows compares the parts of a result, which are rows one after the
// other, with the rows of the reference.
func (c *trial) checkRows(t tb, what string, want []refRecord, parts ...Part) {
	t.Helper()
	var n uint64
	var spans []span.Span
	for _, p := range parts {
		n += p.Rows
		part := slices.Collect(p.Spans.All(c.each))
		if !c.each && len(join(slices.Clone(part))) != len(part) {
			t.Fatalf("%s has spans that should be joined: %v\n%v", what, part, c)
		}
		spans = append(spans, part...)
		var data []byte
		for _, s := range part {
			data = append(data, c.input[s.Start:s.End]...)
		}
		c.many = c.many || len(p.Spans) > 64<<10
		if left := c.many && p.Data == nil; !left && len(data) < 64<<10 && !bytes.Equal(p.Data, data) {
			t.Fatalf("%s: the bytes %q; want %q\n%v", what, p.Data, data, c)
		}
	}
	if !c.each {
		spans = join(spans)
	}
	if ref := c.refSpans(want); n != uint64(len(want)) || !slices.Equal(spans, ref) {
		t.Fatalf("%s: %d rows at %v; want %d at %v\n%v", what, n, spans, len(want), ref, c)
	}
}

// check scans the input in both states with one scanner.
func (c *trial) check(t tb, s *Scanner) {
	t.Helper()
	c.checkOutside(t, s)
	if !c.noQuote {
		c.checkInside(t, s)
	}
	c.checkLines(t, s)
}

// checkLines reads the input as Lines.
func (c *trial) checkLines(t tb, s *Scanner) {
	t.Helper()
	res := c.scan(t, s, Lines)
	rows, open := c.selected(readLines(c.input, c.dialect(), 0))
	if c.checkStopped(t, "lines", rows, res) {
		return
	}
	c.checkRows(t, "lines", rows, res.Head, res.Rest)
	c.checkEnd(t, "lines", open, res)
	if res.Tail >= 0 || res.Converged {
		t.Fatalf("lines: there is %+v\n%v", res, c)
	}
}

func (c *trial) scan(t tb, s *Scanner, start State) Result {
	t.Helper()
	released := 0
	task := Task{Columns: c.columns(), Start: start, FileStart: c.fileStart && start == Outside, Max: c.max, Release: func(upTo int) {
		if upTo < 0 || upTo > len(c.input) {
			t.Fatalf("Release(%d) of %d bytes, after %d\n%v", upTo, len(c.input), released, c)
		}
		released = upTo
	}}
	res := s.Scan(c.input, task)
	task.MaxSpans = len(res.Head.Spans) + len(res.Rest.Spans)
	if task.MaxSpans > 0 {
		c.checkBound(t, s, res, task)
	}
	return res
}

// checkBound scans again with the least bound that the result keeps to, and with
// one that it does not. Joined spans may end a byte too late to tell.
func (c *trial) checkBound(t tb, s *Scanner, want Result, task Task) {
	t.Helper()
	if res := s.Scan(c.input, task); !reflect.DeepEqual(res, want) {
		t.Fatalf("with %d bytes of spans: %+v; want %+v\n%v", task.MaxSpans, res, want, c)
	}
	if task.MaxSpans--; task.MaxSpans > 0 && c.each {
		if res := s.Scan(c.input, task); !reflect.DeepEqual(res, Result{GivenUp: true}) {
			t.Fatalf("with %d bytes of spans: %+v\n%v", task.MaxSpans, res, c)
		}
	}
}

func (c *trial) checkOutside(t tb, s *Scanner) {
	t.Helper()
	res := c.scan(t, s, Outside)
	records := readAll(c.input, c.dialect(), c.fileStart)
	rows, open := c.selected(records)
	if c.checkStopped(t, "outside", rows, res) {
		return
	}
	c.checkRows(t, "outside", rows, res.Head, res.Rest)
	c.checkEnd(t, "outside", open, res)

	if c.noQuote {
		if res.Tail >= 0 || res.Converged || res.Open >= 0 {
			t.Fatalf("no byte quotes, but there is %+v\n%v", res, c)
		}
		return
	}
	tail, inner := readInside(c.input, c.dialect())
	if res.Tail != int64(tail) {
		t.Fatalf("tail %d; want %d\n%v", res.Tail, tail, c)
	}
	meet := common(records, tail, inner)
	if res.Converged && !meet || !res.Converged && meet && len(c.input) < resyncLimit {
		t.Fatalf("converged %v; want %v\n%v", res.Converged, meet, c)
	}
	if res.Converged {
		rows, open := c.selected(inner)
		c.checkRows(t, "other reading", rows, res.Alt, res.Rest)
		c.checkEnd(t, "other reading", open, res)
	} else if res.Alt.Rows != 0 || len(res.Alt.Spans) != 0 || res.Rest.Rows != 0 {
		t.Fatalf("the readings do not meet, but there is Alt %v and Rest %v\n%v", res.Alt, res.Rest, c)
	}
}

func (c *trial) checkInside(t tb, s *Scanner) {
	t.Helper()
	res := c.scan(t, s, Inside)
	tail, inner := readInside(c.input, c.dialect())
	if res.Tail != int64(tail) {
		t.Fatalf("inside: tail %d; want %d\n%v", res.Tail, tail, c)
	}
	rows, open := c.selected(inner)
	if c.checkStopped(t, "inside", rows, res) {
		return
	}
	c.checkRows(t, "inside", rows, res.Head, res.Rest)
	c.checkEnd(t, "inside", open, res)
}

// checkStopped checks a scan that Max ends; it returns false if Max does not.
func (c *trial) checkStopped(t tb, what string, rows []refRecord, res Result) bool {
	t.Helper()
	want := c.max > 0 && uint64(len(rows)) >= c.max
	if res.Stopped != want {
		t.Fatalf("%s: stopped %v; want %v\n%v", what, res.Stopped, want, c)
	}
	if want {
		c.checkRows(t, what, rows[:c.max], res.Head, res.Rest)
	}
	return want
}

func (c *trial) checkEnd(t tb, what string, open int, res Result) {
	t.Helper()
	if res.Open != int64(open) {
		t.Fatalf("%s: open %d; want %d\n%v", what, res.Open, open, c)
	}
	if !c.each {
		return
	}
	if want := bytes.Count(c.input, []byte("\n")); res.Lines != uint64(want) {
		t.Fatalf("%s: %d lines; want %d\n%v", what, res.Lines, want, c)
	}
	if open >= 0 {
		if want := bytes.Count(c.input[:open], []byte("\n")); res.OpenLine != uint64(want) {
			t.Fatalf("%s: open line %d; want %d\n%v", what, res.OpenLine, want, c)
		}
	}
}

// common reports whether the two readings of an input share a record border. The
// one that begins inside quotes has its first border at tail.
func common(outside []refRecord, tail int, inside []refRecord) bool {
	borders := map[int]bool{}
	for _, r := range outside {
		borders[r.end] = !r.open
	}
	found := borders[tail]
	for _, r := range inside {
		found = found || !r.open && borders[r.end]
	}
	return found
}
