//go:build unix

package e2e

import (
	"fmt"
	"slices"
	"strings"
)

// given is an input as a command line gives it.
type given struct {
	*kind
	name string // in messages and in front of lines
	pipe bool
}

// answer is what a run over some inputs has to give.
type answer struct {
	stdout, stderr strings.Builder
	failed         bool // an input could not be read
	selected       int

	names  []string // in the first header
	from   string   // its input
	warned bool     // that lines end in CR
}

// csvAnswer reads inputs as CSV, one record after the other.
type csvAnswer struct {
	*answer
	column string // its name in the header; "" for number
	number int
	header bool
	utf8   bool // is what is written

	// begin is given the header of an input, record each further record and end the
	// end of an input; broken says that it has none.
	begin  func(in given, header piece)
	record func(in given, r piece)
	end    func(in given, broken bool)
}

// piece is a record in the text of an input.
type piece struct {
	row
	field  string // that of the column
	has    bool
	text   string // with a line feed
	line   int    // on which it begins, from 1
	offset int    // that --byte-offset gives
}

var rfc4180 = dialect{delimiter: ',', quote: '"'}

// read reads one input.
func (c *csvAnswer) read(in given) {
	text := in.text
	if c.utf8 {
		text = in.shown()
	}
	rows, open := rfc4180.read([]byte(text))
	number := c.number
	for i, r := range rows {
		p := piece{row: r, text: text[r.start:r.end], line: 1 + strings.Count(text[:r.start], "\n")}
		p.offset = in.offset(text[:r.start])
		if !strings.HasSuffix(p.text, "\n") {
			p.text += "\n"
		}
		if i == 0 && c.header {
			if c.column != "" {
				number = 1 + slices.Index(r.fields, c.column)
			}
			if number < 1 || number > len(r.fields) {
				c.fail(in, c.noColumn(in))
				return
			}
			c.warnOfCR(in, text)
			p.field = r.fields[number-1]
			c.begin(in, p)
			continue
		}
		c.warnOfCR(in, text)
		if p.has = number <= len(r.fields); p.has {
			p.field = r.fields[number-1]
		}
		c.record(in, p)
	}
	if open >= 0 {
		where := fmt.Sprintf("record at byte %d", in.offset(text[:open]))
		if !in.pipe && !in.decoded || open == 0 && c.header {
			where += fmt.Sprintf(", line %d", 1+strings.Count(text[:open], "\n"))
		}
		c.fail(in, where+": quote is not closed (see --lax and --no-quote)")
	}
	c.end(in, open >= 0)
}

// message says something about an input.
func (a *answer) message(in given, what string) {
	name := in.name
	if name == "standard input" {
		name = "'" + name + "'"
	}
	fmt.Fprintf(&a.stderr, "linefork: %s: %s\n", name, what)
}

func (a *answer) fail(in given, what string) {
	a.failed = true
	a.message(in, what)
}

// noColumn is the message without the names that the header has.
func (c *csvAnswer) noColumn(in given) string {
	what := "no column '" + c.column + "' in the header…"
	if c.column == "" {
		what = fmt.Sprintf("no column %d in the header…", c.number)
	}
	if in.hint != "" {
		what += "; " + in.hint
	}
	return what
}

// warnOfCR warns of a text of several lines that end in CR.
func (c *csvAnswer) warnOfCR(in given, text string) {
	text = strings.TrimPrefix(text, mark)
	if c.warned || text == "" || strings.Contains(text, "\n") {
		return
	}
	for i := range len(strings.TrimRight(text, "\r")) {
		if _, open := rfc4180.read([]byte(text[:i])); text[i] == '\r' && open < 0 {
			c.warned = true
			c.message(in, onlyCR)
			return
		}
	}
}

// write writes text that is not in UTF-8 where the input is not.
func (c *csvAnswer) write(in given, prefix, text string) {
	if text = prefix + text; c.utf8 {
		text = string([]rune(text)) // with U+FFFD for each byte that is not UTF-8
	} else {
		text = in.encode(text)
	}
	c.stdout.WriteString(text)
}

// filterAnswer prints the records that are selected, with numbers before them if they are
// wanted, or only how many they are.
func filterAnswer(c csvAnswer, inputs []given, selects func(p piece) bool, numbers, count bool) {
	prefix := func(p piece) string {
		if !numbers {
			return ""
		}
		return fmt.Sprintf("%d:%d:", p.line, p.offset)
	}
	c.begin = func(in given, p piece) {
		switch {
		case c.from == "":
			c.names, c.from = p.fields, in.name
			if !count {
				c.write(in, prefix(p), p.text)
			}
		case !count && !slices.Equal(p.fields, c.names):
			c.message(in, "header differs from that of "+c.from+", under which its rows stand")
		}
	}
	ofInput := 0
	c.record = func(in given, p piece) {
		if !selects(p) {
			return
		}
		if ofInput++; !count {
			c.write(in, prefix(p), p.text)
		}
	}
	c.end = func(_ given, broken bool) {
		if !broken {
			c.selected += ofInput
		}
		ofInput = 0
	}
	for _, in := range inputs {
		c.read(in)
	}
	if count {
		fmt.Fprintln(&c.stdout, c.selected)
	}
}

// countRecordsAnswer prints how many records and bytes inputs have.
func countRecordsAnswer(c csvAnswer, inputs []given) {
	records, bytes := 0, 0
	allRecords, allBytes := 0, 0
	c.record = func(given, piece) { records++ }
	c.end = func(in given, broken bool) {
		if bytes = len(in.unpacked); !broken {
			fmt.Fprintln(&c.stdout, records, bytes, in.rowName())
			allRecords, allBytes = allRecords+records, allBytes+bytes
		}
		records = 0
	}
	for _, in := range inputs {
		c.read(in)
	}
	if len(inputs) > 1 {
		fmt.Fprintln(&c.stdout, allRecords, allBytes, "total")
	}
}

// rowName is how count calls the input in its row.
func (in given) rowName() string {
	if in.name == "standard input" {
		return ""
	}
	return in.name
}

// countByAnswer prints how many records have each value in the column.
func countByAnswer(c csvAnswer, inputs []given) {
	counts, ofInput := map[string]int{}, map[string]int{}
	heading := ""
	c.begin = func(in given, p piece) {
		if c.from == "" {
			c.from, heading = in.name, csvField(p.field)+",count\n"
		}
	}
	c.record = func(_ given, p piece) {
		if p.has {
			ofInput[p.field]++
		}
	}
	c.end = func(_ given, broken bool) {
		for key, n := range ofInput {
			if !broken {
				counts[key] += n
				c.selected += n
			}
		}
		clear(ofInput)
	}
	for _, in := range inputs {
		c.read(in)
	}
	c.stdout.WriteString(heading)
	var keys []string
	for key := range counts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Fprintf(&c.stdout, "%s,%d\n", csvField(key), counts[key])
	}
}

// csvField is a field with quotes if it needs them.
func csvField(field string) string {
	if !strings.ContainsAny(field, ",\"\r\n") && !strings.HasPrefix(field, mark) {
		return field
	}
	return `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
}
