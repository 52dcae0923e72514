package rows

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/tally"
)

// lined is a result whose places are numbers of LFs, which are the same in a
// range and in its text.
func lined(b []byte, r Result, each bool) string {
	at := func(off int64) string {
		switch {
		case off < 0:
			return "none"
		case off == int64(len(b)):
			return "end"
		case off > 0 && b[off-1] != '\n':
			return fmt.Sprintf("within a line, at %d", off)
		}
		return fmt.Sprint(bytes.Count(b[:off], []byte("\n")))
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "tail %s, converged %v, open %s at line %d, lines %d, stopped %v", at(r.Tail), r.Converged, at(r.Open), r.OpenLine, r.Lines, r.Stopped)
	for _, p := range []Part{r.Head, r.Alt, r.Rest} {
		counts := map[string]uint64{}
		var table tally.Table
		table.AddList(p.Tally)
		for key, n := range table.All() {
			counts[string(key)] = n
		}
		fmt.Fprintf(&out, "; %d rows, %v:", p.Rows, counts)
		var data []byte
		for s := range p.Spans.All(each) {
			data = append(data, b[s.Start:s.End]...)
			fmt.Fprintf(&out, " %s to %s line %d", at(s.Start), at(s.End), s.Line)
		}
		if !bytes.Equal(p.Data, data) {
			fmt.Fprintf(&out, " and other bytes, %q", p.Data)
		}
	}
	return out.String()
}

// TestScanCharset scans ranges in other encodings than UTF-8, and compares with
// what is found in their text.
func TestScanCharset(t *testing.T) {
	n := uint64(6000)
	if testing.Short() {
		n = 1000
	}
	ambiguous, plain := 0, 0
	for seed := range n {
		d := seededDice(seed)
		name := pick(d, "gb18030", "gbk", "shift_jis", "big5", "euc-jp", "euc-kr", "koi8-r", "windows-1252")
		e, err := charset.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		c := newTrial(d)
		c.delimiter, c.quote, c.escape = pick(d, byte(','), ';', '|', '\t', '~', '1'), pick(d, byte(0), 0, '\'', '|', 'k'), pick(d, byte(0), 0, '\\', '9')
		if c.dialect().Check() != nil {
			c.quote, c.escape = 0, 0
		}
		words := []string{"汉", "字", "é", "я", "あ", "ﾊ", "한", "𠀀", "ŷ", "×"}
		for _, w := range c.where {
			for i := range w.keys {
				if !w.numeric && d.one(2) {
					w.keys[i] = pick(d, words...) + pick(d, "", "k", "1")
				}
				w.keys[i] = string(bytes.ToValidUTF8([]byte(w.keys[i]), nil))
			}
		}
		if d.one(4) {
			c.key = 1 + d(4)
		}
		c.fill(d)
		var input []byte
		for _, r := range string(c.input) {
			if r >= 0x80 && d.one(2) || r != '\n' && d.one(8) {
				r = []rune(pick(d, words...))[0]
			}
			code, ok := e.Charset.Literal([]byte(string(r)))
			switch {
			case !ok && c.key > 0:
				input = append(input, '?') // a stray byte may be in a key, and decoded otherwise
			case !ok:
				input = append(input, byte(d(256)))
			case c.key == 0 && d.one(20):
				input = append(input, code[0])
			default:
				input = append(input, code...)
			}
		}
		m := c.compile(t)
		spec := c.spec()
		spec.Charset = name
		encoded, err := Compile(spec)
		if err != nil {
			t.Fatal(err)
		}
		if Ambiguous(e.Charset, c.dialect()) {
			ambiguous++
		} else {
			plain++
		}
		text := e.Charset.AppendUTF8(nil, input)
		s := encoded.Scanner()
		for _, start := range []State{Outside, Inside, Lines} {
			task := Task{Columns: c.columns(), Start: start, Max: c.max}
			want := lined(text, m.Scanner().Scan(text, task), c.each)
			task.FileStart = c.fileStart // without effect
			if got := lined(input, s.Scan(input, task), c.each); got != want {
				t.Fatalf("seed %d, %s, state %d: %v\ninput %q\ngot  %s\nwant %s", seed, name, start, c, input, got, want)
			}
		}
	}
	if ambiguous < int(n/8) || plain < int(n/8) {
		t.Errorf("%d dialects were ambiguous, %d were not", ambiguous, plain)
	}
}

// TestFieldsOf reads records as their text is read.
func TestFieldsOf(t *testing.T) {
	e, err := charset.Lookup("gbk")
	if err != nil {
		t.Fatal(err)
	}
	// 弢 is 8F 7C, which ends as | does.
	record := []byte("1|\x8f\x7c|\"\xba\xba\n\x8f\x7c|\"\nnext")
	values, end, ok := Dialect{Delimiter: '|', Quote: '"'}.FieldsOf(e.Charset, record)
	if got := fmt.Sprintf("%q %q %v", values, record[end:], ok); got != `["1" "弢" "汉\n弢|"] "next" true` {
		t.Error(got)
	}
	if _, _, ok := (Dialect{Delimiter: '|', Quote: '"'}).FieldsOf(e.Charset, record[:8]); ok {
		t.Error("an open quote was not seen")
	}
}

// TestCharsetEdges has a value that takes more bytes than its key, and a file that
// begins as one in UTF-8 with a byte order mark does.
func TestCharsetEdges(t *testing.T) {
	e, err := charset.Lookup("gb18030")
	if err != nil {
		t.Fatal(err)
	}
	code, ok := e.Charset.Literal([]byte("ŷ"))
	if !ok || len(code) != 4 {
		t.Fatal(code, ok)
	}
	mark := []byte(string(charset.UTF8Mark) + "A") // two characters
	for _, c := range []struct{ key, record string }{
		{`"` + strings.Repeat("ŷ", 6), `"""` + strings.Repeat(string(code), 6) + `",x`},
		{"\uFEFFx", "\x84\x31\x95\x33x,y"},
		{string(e.Charset.AppendUTF8(nil, mark)), string(mark) + ",y"},
	} {
		// With a key that has no form in the encoding, values are decoded.
		for _, other := range []string{"other", "\xff"} {
			for _, delimiter := range []byte(",|") {
				where := []Condition{{In: NewKeys(c.key, other)}}
				m, err := Compile(Spec{Where: where, Dialect: Dialect{Delimiter: delimiter, Quote: '"'}, Charset: "gb18030"})
				if err != nil {
					t.Fatal(err)
				}
				record := bytes.ReplaceAll([]byte(c.record), []byte(","), []byte{delimiter})
				r := m.Scanner().Scan(record, Task{Columns: []int{1}, FileStart: true})
				if r.Head.Rows+r.Rest.Rows != 1 {
					t.Errorf("key %q is not in %q", c.key, record)
				}
			}
		}
	}
}
