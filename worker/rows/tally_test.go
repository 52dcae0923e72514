package rows

import (
	"bytes"
	"maps"
	"testing"

	"github.com/linefork/linefork/worker/tally"
)

// tallying counts the keys of a trial's input.
type tallying struct {
	*trial
	s *Scanner
}

func newTallying(t tb, c *trial) tallying {
	t.Helper()
	return tallying{c, c.compile(t).Scanner()}
}

// throwTallying is a trial with a key; half of them count all records.
func throwTallying(t tb, d dice) tallying {
	c := newTrial(d)
	c.key = 1 + d(4)
	if d.one(2) {
		c.where, c.invert = nil, false
	}
	return newTallying(t, c)
}

// counts is the keys of the selected records that are whole, and where one is open.
func (c tallying) counts(records []refRecord) (counts map[string]uint64, open int) {
	counts = map[string]uint64{}
	rows, open := c.selected(records)
	for _, r := range rows {
		if len(r.fields) >= c.key {
			counts[r.fields[c.key-1]]++
		}
	}
	return counts, open
}

func (c tallying) checkParts(t tb, what string, want map[string]uint64, parts ...Part) {
	t.Helper()
	var table tally.Table
	rows, sum := uint64(0), uint64(0)
	for _, p := range parts {
		rows += p.Rows
		table.AddList(p.Tally)
	}
	got := map[string]uint64{}
	for key, n := range table.All() {
		got[string(key)] = n
		sum += n
	}
	if !maps.Equal(got, want) || rows != sum {
		t.Fatalf("%s: %v in %d rows; want %v\n%v", what, got, rows, want, c.trial)
	}
}

func (c tallying) check(t tb) {
	t.Helper()
	c.max = 0
	res := c.scan(t, c.s, Lines)
	counts, _ := c.counts(readLines(c.input, c.dialect(), 0))
	c.checkParts(t, "lines", counts, res.Head, res.Rest)

	res = c.scan(t, c.s, Outside)
	records := readAll(c.input, c.dialect(), c.fileStart)
	counts, open := c.counts(records)
	c.checkParts(t, "outside", counts, res.Head, res.Rest)
	if c.noQuote {
		return
	}
	tail, inner := readInside(c.input, c.dialect())
	innerCounts, innerOpen := c.counts(inner)
	if res.Open != int64(open) || res.Tail != int64(tail) {
		t.Fatalf("open %d, tail %d; want %d, %d\n%v", res.Open, res.Tail, open, tail, c.trial)
	}
	meet := common(records, tail, inner)
	switch {
	case res.Converged && !meet || !res.Converged && meet && len(c.input) < resyncLimit:
		t.Fatalf("converged %v; want %v\n%v", res.Converged, meet, c.trial)
	case res.Converged:
		c.checkParts(t, "other reading", innerCounts, res.Alt, res.Rest)
	default:
		c.checkParts(t, "no other reading", nil, res.Alt, res.Rest)
	}

	res = c.scan(t, c.s, Inside)
	c.checkParts(t, "inside", innerCounts, res.Head, res.Rest)
	if res.Open != int64(innerOpen) || res.Tail != int64(tail) {
		t.Fatalf("inside: open %d, tail %d; want %d, %d\n%v", res.Open, res.Tail, innerOpen, tail, c.trial)
	}
}

func TestTallySweep(t *testing.T) {
	length := 6
	if testing.Short() {
		length = 5
	}
	for column := 1; column <= 3; column++ {
		c := newTallying(t, &trial{delimiter: ',', key: column})
		sweep("\"\n,k\r", length, nil, func(b []byte) {
			c.input = b
			c.check(t)
		})
	}
}

// TestTallySweepWhere counts the rows of one condition, searched and not, and of
// none.
func TestTallySweepWhere(t *testing.T) {
	length := 5
	if testing.Short() {
		length = 4
	}
	for _, where := range [][]clause{in(1, "k"), in(2, "k", ""), in(1), nil} {
		for how := range 6 {
			c := newTallying(t, &trial{where: where, delimiter: ',', key: 1 + how>>1, invert: how&1 != 0})
			sweep("\"\n,k\r", length, nil, func(b []byte) {
				c.input = b
				c.check(t)
			})
		}
	}
}

func TestTallySoup(t *testing.T) {
	n := uint64(8000)
	if testing.Short() {
		n = 1000
	}
	for seed := range n {
		d := seededDice(seed)
		c := throwTallying(t, d)
		c.check(t)
		// The tables are used again for the next range, of any column.
		c.throwColumns(d)
		c.fill(d)
		c.check(t)
	}
}

// TestTallyLong has inputs of several stretches, with quotes here and there.
func TestTallyLong(t *testing.T) {
	n := uint64(60)
	if testing.Short() {
		n = 10
	}
	for seed := range n {
		d := seededDice(seed)
		c := throwTallying(t, d)
		c.lengthen(d)
		c.check(t)
		var b []byte
		for size := 1 + d(60<<10); len(b) < size; {
			c.fill(d)
			if d(4) > 0 {
				c.input = bytes.ReplaceAll(c.input, []byte{'"'}, []byte("12345678901234567"))
			}
			b = append(b, c.input...)
		}
		c.input = b
		c.tame()
		c.check(t)
	}
}

// TestTallyFields has more rows in a stretch than are counted at once, and keys
// at the end of the range.
func TestTallyFields(t *testing.T) {
	for _, line := range []string{"\n", "a\n", "a\r\n", ",\n", "a,b\n", "a,b,c\r\n", ",,\n", "1234567890123456,k\n"} {
		for column := 1; column <= 3; column++ {
			for _, end := range []string{"", "k", "k,l", "12345678,12345678,12345678"} {
				c := newTallying(t, &trial{delimiter: ',', key: column})
				c.input = append(bytes.Repeat([]byte(line), 3000), end...)
				c.check(t)
			}
		}
	}
}

// A delimiter before the stretch and its last byte: skip at every place.
func TestSkip(t *testing.T) {
	var s Scanner
	for lf := range 200 {
		for step := 1; step < 70; step += 6 {
			for start := 0; start <= lf; start += 5 {
				clear(s.marks[:])
				var at []int
				for i := step / 2; i < 210; i += step {
					s.marks[i/64].B |= 1 << (i % 64)
					if i >= start && i < lf {
						at = append(at, i)
					}
				}
				for n := 1; n <= len(at)+1 && n < 6; n++ {
					got, want := s.marks.skip(start, lf, n), lf+1
					if n <= len(at) {
						want = at[n-1] + 1
					}
					if got != want {
						t.Fatalf("delimiter %d of %v in [%d, %d): %d, want %d", n, at, start, lf, got, want)
					}
				}
			}
		}
	}
}

func FuzzTally(f *testing.F) {
	for _, c := range dialectCases {
		f.Add([]byte(c.input), uint8(0))
	}
	f.Fuzz(func(t *testing.T, input []byte, how uint8) {
		c := newTallying(t, &trial{
			input: input, key: 1 + int(how&3), fileStart: how&4 != 0,
			delimiter: soupDelimiters[int(how>>3)%len(soupDelimiters)],
		})
		c.check(t)
	})
}

func BenchmarkTally(b *testing.B) {
	data := bytes.Repeat([]byte("11865,2013-10-29 15:14:28,114.41628,30.84663,37,45,0\n29950,2013-10-29 15:14:28,114.41628,30.84663,37,45,1\n"), 1<<14)
	for _, column := range []int{1, 7} {
		c := newTallying(b, &trial{delimiter: ',', key: column})
		b.Run(string(rune('0'+column)), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c.s.Scan(data, Task{Columns: []int{column}})
			}
		})
	}
}
