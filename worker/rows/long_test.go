package rows

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/span"
)

// TestStep has the one row, or the quote, where the search of a key goes from
// one step to the next.
func TestStep(t *testing.T) {
	for _, each := range []bool{false, true} {
		size := step
		if each {
			size = countStep
		}
		filler := bytes.Repeat([]byte("0123456789,123456789\n"), size/21+20)
		for _, row := range []string{"key,1\n", "\"key\",1\n", "1,key\r\n", "1,\"k\"ey\n"} {
			testStep(t, filler, size, row, each)
		}
	}
}

func testStep(t *testing.T, filler []byte, size int, row string, each bool) {
	column := 1
	if row[0] == '1' {
		column = 2
	}
	m, err := Compile(Spec{Where: []Condition{{In: NewKeys("key")}}, Dialect: CSV, Spans: true, Each: each})
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 0, len(filler)+len(row))
	s := m.Scanner()
	for cut := range 3 {
		// 21 line ends around the step, so that each byte of the row is there.
		for shift := range 21 {
			line := size/21 - cut
			at := line*21 + shift
			b = append(append(append(b[:0], strings.Repeat("\n", shift)...), filler[:line*21]...), row...)
			b = append(b, filler[line*21:]...)
			var got []span.Span
			res := s.Scan(b, Task{Columns: []int{column}})
			got = slices.AppendSeq(slices.AppendSeq(got, res.Head.Spans.All(each)), res.Rest.Spans.All(each))
			want := span.Span{Start: int64(at), End: int64(at + len(row))}
			if each {
				want.Line = uint64(line + shift)
			}
			if !slices.Equal(got, []span.Span{want}) {
				t.Fatalf("%q at %d: got %v, want %v", row, at, got, want)
			}
		}
	}
}

// TestResyncLimit has readings that meet just within the limit, just beyond
// it, and not at all.
func TestResyncLimit(t *testing.T) {
	for _, length := range []int{9, 1000, resyncLimit, resyncLimit + 1} {
		// Each line ends a record for one reading and is inside one for the
		// other, up to x", which ends one for both. The tail is the first line.
		apart := strings.Repeat("\"\n", length/4*2-2)
		apart += strings.Repeat("x", 2+length-len(apart)-2) + "\"\n"
		c := &trial{input: []byte(apart + "k\nl\n\"k\n\"\nk\n"), where: in(1, "k"), delimiter: ',', spans: true, each: true}
		s := c.compile(t).Scanner()
		c.check(t, s)
		if res := c.scan(t, s, Outside); res.Converged != (length <= resyncLimit) {
			t.Errorf("readings that meet %d bytes after the tail: converged %v", length, res.Converged)
		}
	}
	// Here they never meet.
	c := &trial{input: []byte(strings.Repeat("\"\n", 1001)), where: in(1, "k"), delimiter: ',', spans: true}
	s := c.compile(t).Scanner()
	c.check(t, s)
	if res := c.scan(t, s, Outside); res.Converged {
		t.Error("readings that never meet converged")
	}
}

// TestManyCandidates has a key that occurs thousands of times in one line, in
// all columns but its own, and must not cost a pass over the line each time.
func TestManyCandidates(t *testing.T) {
	line := "x," + strings.Repeat("k,", 300_000) + "x\n"
	c := &trial{input: []byte("a\n" + line + "x,x,k\n" + line), where: in(3, "k"), delimiter: ',', spans: true, each: true}
	c.check(t, c.compile(t).Scanner())
	c.where[0].column = 300_003
	c.check(t, c.compile(t).Scanner())
}

// TestLongNumbered has records that begin before the lines after their start
// were counted, since their key stands far from it.
func TestLongNumbered(t *testing.T) {
	for _, length := range []int{10, countStep - 3, countStep, 3*countStep + 7} {
		filler := bytes.Repeat([]byte("x"), length)
		for _, lead := range []string{"", "a,b\nc,d\n"} {
			var input []byte
			for _, quote := range []string{"", "\"", "\n"} {
				if quote == "\n" {
					input = append(append(append(input, "\"\n"...), filler...), "\n\",k\nz,k\n"...)
					continue
				}
				input = append(append(append(append(append(input, lead...), quote...), filler...), quote...), ",k\nz,k\ny,\n"...)
			}
			c := &trial{input: input, where: in(2, "k"), delimiter: ',', each: true, spans: true}
			c.check(t, c.compile(t).Scanner())
		}
	}
}

// TestPassingShortFields passes through a record of fields far shorter than a step, and says where it
// is step by step.
func TestPassingShortFields(t *testing.T) {
	m, err := Compile(Spec{Where: []Condition{{In: NewKeys("key")}}, Dialect: CSV})
	if err != nil {
		t.Fatal(err)
	}
	const fields = 3 * step / 2
	b := append(bytes.Repeat([]byte("x,"), fields), "key\n"...)
	said := 0
	res := m.Scanner().Scan(b, Task{Columns: []int{fields + 1}, Release: func(at int) {
		if step < at && at <= 2*step {
			said++
		}
	}})
	if res.Head.Rows != 1 {
		t.Fatalf("%d rows", res.Head.Rows)
	}
	if said < 2 { // while the end of the record is searched for, and then its fields
		t.Errorf("said %d times where it is", said)
	}
}
