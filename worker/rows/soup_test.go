package rows

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer/entropy"
	"github.com/linefork/linefork/worker/charset"
)

// dice returns a number in [0, n); everything random comes from it.
type dice func(n int) int

func (d dice) one(in int) bool { return d(in) == in-1 }

func pick[T any](d dice, from ...T) T { return from[d(len(from))] }

func rapidDice(t *rapid.T) dice {
	return bytesDice(rapid.SliceOfN(rapid.Byte(), 20, 600).Draw(t, "dice"))
}

func seededDice(seed uint64) dice { return rand.New(rand.NewPCG(seed, 4180)).IntN }

// bytesDice throws what data says, and zeros when that is used up.
func bytesDice(data []byte) dice { return entropy.Ints(data) }

var (
	soupKeys = []string{
		"k", "kk", "kkk", "1", "11", "118", "11865", "865", "k1", "1k", "", "a", "ka", "\xef\xbb\xbf", "\xef\xbb\xbfk",
		"\x00", "\xff", " k", "k ", "k,1", ",", "k;1", "k\"k", "\"", "\"k\"", "k\nk", "\n", "k\r", "\r", "k\r\nk", "kakk", "\tk",
	}
	soupNumbers    = []string{"1", "11", "11865", "0", "-1", "1.5", "+1", "011865", "11865.0", "1.1865e4", ".5", "5e-1", "-0", " 11 ", "1e1", "10."}
	soupQuotes     = []byte{'\'', 'k', '1', ';', 0xff, 'x'}
	soupEscapes    = []byte{'\\', '\\', 'k', '1', 'x', 0xff, '|'}
	soupDelimiters = []byte{',', ';', '\t', 0, 'a', 0xbb, 'k', '1'}
)

// newTrial throws what is to be scanned and how.
func newTrial(d dice) *trial {
	c := &trial{
		delimiter: ',',
		invert:    d.one(3),
		each:      d.one(2),
		spans:     !d.one(8),
		fileStart: d.one(3),
	}
	if d.one(3) {
		c.delimiter = pick(d, soupDelimiters...)
	}
	c.throwDialect(d)
	if d.one(4) {
		c.max = uint64(1 + d(4))
	}
	for range pick(d, 1, 1, 1, 0, 2, 2, 3, 4) {
		c.where = append(c.where, newClause(d))
	}
	c.fill(d)
	return c
}

func newClause(d dice) clause {
	c := clause{column: 1 + d(4), numeric: d.one(5)}
	from := soupKeys
	if c.numeric {
		from = soupNumbers
	}
	for range pick(d, 1, 1, 1, 2, 3, 0, 20) {
		c.keys = append(c.keys, pick(d, from...))
	}
	if d.one(20) {
		for i := range 300 {
			c.keys = append(c.keys, strings.Repeat("7", i/20+1)+string(rune('0'+i%10)))
		}
	}
	return c
}

// throwColumns throws the columns again.
func (c *trial) throwColumns(d dice) {
	for i := range c.where {
		c.where[i].column = 1 + d(4)
	}
	if c.key > 0 {
		c.key = 1 + d(4)
	}
}

// throwDialect throws bytes that go together, the usual ones mostly.
func (c *trial) throwDialect(d dice) {
	if d.one(4) {
		c.quote = pick(d, soupQuotes...)
	}
	c.noQuote = d.one(8)
	if d.one(3) {
		c.escape = pick(d, soupEscapes...)
	}
	if c.dialect().Check() != nil {
		c.quote, c.escape = 0, 0
	}
}

// fill throws an input for the trial.
func (c *trial) fill(d dice) {
	c.input = soup(d, c)
	if c.quote != 0 {
		for i, b := range c.input {
			switch b {
			case '"':
				c.input[i] = c.quote
			case c.quote:
				c.input[i] = '"'
			}
		}
	}
	c.tame()
}

// tame leaves no exponent that the reference cannot work out.
func (c *trial) tame() {
	if c.numeric() && hugeExponent.Match(c.input) {
		c.input = bytes.ReplaceAll(bytes.ReplaceAll(c.input, []byte("e"), []byte("x")), []byte("E"), []byte("x"))
	}
}

// soup throws an input: fields, whole and broken ones, of the trial's keys and
// other text, and rarely a stretch longer than what the loops look at at once.
func soup(d dice, c *trial) []byte {
	var b []byte
	if d.one(6) {
		b = append(b, charset.UTF8Mark...)
	}
	clauseKey := func(w *clause) string {
		switch {
		case len(w.keys) == 0 || d.one(8):
			return pick(d, soupKeys...)
		case w.numeric && d.one(2):
			return pick(d, soupNumbers...)
		}
		return pick(d, w.keys...)
	}
	key := func() string {
		if len(c.where) == 0 {
			return pick(d, soupKeys...)
		}
		return clauseKey(&c.where[d(len(c.where))])
	}
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	delimiter := string(c.delimiter)
	if c.delimiter >= 0x80 {
		delimiter = string([]byte{c.delimiter})
	}
	// Some inputs have hardly a quote, some hardly anything else.
	quotes := pick(d, 4, 40, 1, 400)
	escapes := pick(d, 2, 8, 100)
	for range d(60) {
		if c.escape != 0 && d.one(escapes) {
			b = append(b, c.escape)
			b = append(b, pick(d, "", "", "\n", "\"", ",", "\r\n", "\r", string([]byte{c.escape}))...)
		}
		if d.one(quotes) {
			b = append(b, pick(d, `"`, `""`, `","`, "\"\n", "\n\"", `"""`, quoted(key()), quoted("\n"+key()+"\n"), quoted(key()+"\""+key()))...)
			continue
		}
		switch d(13) {
		case 0, 1:
			b = append(b, '\n')
		case 2, 3:
			b = append(b, delimiter...)
		case 4, 5, 6:
			b = append(b, key()...)
		case 7:
			b = append(b, pick(d, "\r\n", "\r", "\n\n", "\r\r\n")...)
		case 8:
			b = append(b, pick(d, "x", "1", "\x00", "\xff", " ", "k", "8", "e", ".")...)
		case 9:
			b = append(b, delimiter+key()+delimiter...)
		case 10:
			b = append(b, "\n"+key()+delimiter...)
		case 11:
			k := key()
			b = append(b, k[:d(len(k)+1)]...)
		case 12:
			// A record in which several clauses may hold.
			b = append(b, '\n')
			for column := 1; column <= 4; column++ {
				k := pick(d, "x", "", "k")
				for i := range c.where {
					if c.where[i].column == column {
						k = clauseKey(&c.where[i])
					}
				}
				if d.one(quotes) {
					k = quoted(k)
				}
				b = append(b, k...)
				b = append(b, pick(d, delimiter, delimiter, delimiter, "\n")...)
			}
		}
	}
	return b
}

// lengthen puts stretches into the input that are longer than a stretch, now in
// one line and now of many.
func (c *trial) lengthen(d dice) {
	for range 1 + d(2) {
		piece := []byte(pick(d, "x", "x\n", "x,y\n", "\n", "k\n", "k,", "1", "\"\n\"\n", "\"\"", "x\r\n"))
		n := mostStretch + d(2*mostStretch)
		stretch := bytes.Repeat(piece, n/len(piece))
		at := d(len(c.input) + 1)
		c.input = append(c.input[:at:at], append(stretch, c.input[at:]...)...)
	}
	c.tame()
}

func TestScanProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newTrial(rapidDice(t))
		c.check(t, c.compile(t).Scanner())
	})
}

func TestScanSoup(t *testing.T) {
	n := uint64(10_000)
	if testing.Short() {
		n = 2000
	}
	several := 0
	for seed := range n {
		d := seededDice(seed)
		c := newTrial(d)
		m := c.compile(t)
		s := m.Scanner()
		c.check(t, s)
		checkFields(t, c.input, c.dialect())
		// The scanner keeps what it learned for the next range.
		c.throwColumns(d)
		c.fill(d)
		c.check(t, s)
		if rows, _ := c.selected(readAll(c.input, c.dialect(), false)); len(c.where) > 1 && !c.invert && len(rows) > 0 {
			several++
		}
	}
	if several < int(n/50) {
		t.Errorf("several conditions held in only %d inputs", several)
	}
}

// TestScanMiddle has inputs of some KiB.
func TestScanMiddle(t *testing.T) {
	n := uint64(120)
	if testing.Short() {
		n = 30
	}
	for seed := range n {
		d := seededDice(seed)
		c := newTrial(d)
		var b []byte
		for size := 1 + d(40<<10); len(b) < size; {
			c.fill(d)
			b = append(b, c.input...)
		}
		c.input = b
		c.tame()
		c.check(t, c.compile(t).Scanner())
	}
}

func TestScanLong(t *testing.T) {
	n := uint64(40)
	if testing.Short() {
		n = 10
	}
	for seed := range n {
		d := seededDice(seed)
		c := newTrial(d)
		c.lengthen(d)
		c.check(t, c.compile(t).Scanner())
	}
}

func FuzzScan(f *testing.F) {
	for _, c := range dialectCases {
		f.Add([]byte(c.input), "k", uint32(0))
	}
	f.Add([]byte("k,1\n\"k\n\"\"\",k\nk\r\n"), "k\x1f1", uint32(0x1234))
	f.Add([]byte("1e1,10\n010\n"), "10", uint32(0x20))
	f.Add([]byte("k,1,1\n\"k\",1\n"), "k\x1e1\x1e1\x1fk", uint32(0x234_0000))
	f.Fuzz(func(t *testing.T, input []byte, keys string, how uint32) {
		c := &trial{
			input: input, delimiter: ',',
			invert: how&1 != 0, each: how&2 != 0, spans: how&4 == 0, fileStart: how&8 != 0, max: uint64(how >> 8 & 7),
		}
		for i, set := range strings.SplitN(keys, "\x1e", 4) {
			w := clause{column: 1 + int(how>>4+uint32(i)*(how>>24))&3, keys: strings.Split(set, "\x1f")}
			if w.numeric = (int(how>>6)+i)&3 == 1; w.numeric && !allNumbers(w.keys) {
				t.Skip("the keys are not numbers, or the reference cannot work them out")
			}
			c.where = append(c.where, w)
		}
		if how>>23&1 != 0 {
			c.where = nil
		}
		c.delimiter = soupDelimiters[int(how>>12)%len(soupDelimiters)]
		if how>>16&1 != 0 {
			c.escape = soupEscapes[int(how>>17&7)%len(soupEscapes)]
		}
		c.noQuote = how>>20&7 == 1
		if c.dialect().Check() != nil {
			c.escape = 0
		}
		if c.numeric() && hugeExponent.Match(input) {
			t.Skip("the reference cannot work out such an exponent")
		}
		c.check(t, c.compile(t).Scanner())
		checkFields(t, c.input, c.dialect())
	})
}

// hugeExponent finds what may be an exponent that the reference cannot work
// out.
var hugeExponent = regexp.MustCompile(`[eE][+-]?["0-9]{5}`)

func allNumbers(keys []string) bool {
	for _, k := range keys {
		if hugeExponent.MatchString(k) || refNumber(k) == nil {
			return false
		}
	}
	return true
}

// FuzzSoup lets the fuzzer throw the dice, which reaches deeper than bytes do.
func FuzzSoup(f *testing.F) {
	f.Add([]byte("\x01\x02\x03\x04\x05\x06\x07"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newTrial(bytesDice(data))
		c.check(t, c.compile(t).Scanner())
	})
}
