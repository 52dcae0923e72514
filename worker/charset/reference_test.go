package charset

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// forEach runs a test for each Charset.
func forEach(t *testing.T, test func(t *testing.T, c *Charset)) {
	for i := range charsets {
		name := charsets[i].name
		t.Run(name, func(t *testing.T) {
			e, err := Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			test(t, e.Charset)
		})
	}
}

// reference is a plain and slow Charset: the first character is the shortest start of b that the
// decoder of x/text takes for one.
type reference struct {
	form    form
	decoder *encoding.Decoder
	longest int // bytes per character
	gb18030 bool
	c1      bool
}

func newReference(c *Charset) reference {
	longest := []int{1, 2, 2, 2, 3, 4}[c.form]
	return reference{c.form, c.source.NewDecoder(), longest, c.form == gb18030, c.c1}
}

// missing are the characters that the decoders do not know.
var missing = map[form]map[[2]byte]rune{
	gbk:      missingGBK,
	gb18030:  missingGBK,
	shiftJIS: missingShiftJIS(),
}

var missingGBK = func() map[[2]byte]rune {
	m := map[[2]byte]rune{}
	r := rune(0xE000)
	area := func(leads, trails []byte) {
		for lead := leads[0]; lead <= leads[1]; lead++ {
			for trail := trails[0]; trail <= trails[1]; trail++ {
				if trail != 0x7F {
					m[[2]byte{lead, trail}] = r
					r++
				}
			}
		}
	}
	area([]byte("\xAA\xAF"), []byte("\xA1\xFE"))
	area([]byte("\xF8\xFE"), []byte("\xA1\xFE"))
	area([]byte("\xA1\xA7"), []byte("\x40\xA0"))
	m[[2]byte{0xA3, 0xA0}] = '\u3000'
	for _, gap := range []struct {
		lead  byte
		trail string // pairs of bounds
		first rune
	}{
		{0xA2, "\xAB\xB0", 0xE766}, {0xA2, "\xE4\xE4\xEF\xF0\xFD\xFE", 0xE76D},
		{0xA4, "\xF4\xFE", 0xE772}, {0xA5, "\xF7\xFE", 0xE77D},
		{0xA6, "\xB9\xC0", 0xE785}, {0xA6, "\xF6\xFE", 0xE797},
		{0xA7, "\xC2\xD0\xF2\xFE", 0xE7A0}, {0xA8, "\x96\xA0", 0xE7BC},
		{0xA8, "\xC1\xC4\xEA\xFE", 0xE7C9},
		{0xA9, "\x58\x58\x5B\x5B\x5D\x5F", 0xE7E2}, {0xA9, "\x97\xA3\xF0\xFE", 0xE7F4},
		{0xD7, "\xFA\xFE", 0xE810},
	} {
		r = gap.first
		for t := gap.trail; t != ""; t = t[2:] {
			area([]byte{gap.lead, gap.lead}, []byte(t[:2]))
		}
	}
	for code, s := range map[string]rune{
		"\xA6\xD9": '︐', "\xA6\xDA": '︒', "\xA6\xDB": '︑', "\xA6\xDC": '︓', "\xA6\xDD": '︔',
		"\xA6\xDE": '︕', "\xA6\xDF": '︖', "\xA6\xEC": '︗', "\xA6\xED": '︘', "\xA6\xF3": '︙',
		"\xA8\xBC": 'ḿ', "\xFE\x51": '𠂇', "\xFE\x52": '𠂉', "\xFE\x53": '𠃌', "\xFE\x59": '龴',
		"\xFE\x61": '龵', "\xFE\x66": '龶', "\xFE\x67": '龷', "\xFE\x6C": '𡗗', "\xFE\x6D": '龸',
		"\xFE\x76": '𢦏', "\xFE\x7E": '龹', "\xFE\x90": '龺', "\xFE\x91": '𤇾', "\xFE\xA0": '龻',
	} {
		m[[2]byte([]byte(code))] = s
	}
	return m
}()

func missingShiftJIS() map[[2]byte]rune {
	m := map[[2]byte]rune{}
	for i := range 1880 {
		trail := 0x40 + i%188
		if trail >= 0x7F {
			trail++
		}
		m[[2]byte{byte(0xF0 + i/188), byte(trail)}] = rune(0xE000 + i)
	}
	return m
}

func (r reference) first(b []byte) (text []byte, size int) {
	if b[0] < 0x80 {
		return b[:1], 1
	}
	if r.c1 && b[0] < 0xA0 {
		return []byte(string(rune(b[0]))), 1
	}
	if r.gb18030 && len(b) > 1 {
		// The code of what the decoder also writes for errors.
		if bytes.HasPrefix(b, []byte("\x84\x31\xA4\x37")) {
			return []byte("\uFFFD"), 4
		}
		// The decoder reads these as if they came after '9'.
		if ':' <= b[1] && b[1] <= '?' {
			b = b[:1]
		}
	}
	if bytes.HasPrefix(b, []byte("\x81\x35\xF4\x37")) && r.gb18030 {
		return []byte("\uE7C7"), 4
	}
	if len(b) > 1 {
		if s, ok := missing[r.form][[2]byte(b)]; ok {
			return []byte(string(s)), 2
		}
	}
	for size := 1; size <= min(r.longest, len(b)); size++ {
		s, err := r.decoder.Bytes(b[:size])
		if err != nil {
			panic(err)
		}
		if r, _ := utf8.DecodeRune(s); r != utf8.RuneError {
			return s, size
		}
	}
	return []byte{Invalid}, 1
}

// append is AppendUTF8; bounds says before which bytes a character starts.
func (r reference) append(b []byte) (text []byte, bounds []bool) {
	bounds = make([]bool, len(b)+1)
	for i := 0; i < len(b); {
		bounds[i] = true
		s, size := r.first(b[i:])
		text = append(text, s...)
		i += size
	}
	bounds[len(b)] = true
	return text, bounds
}

// check compares everything that the package says about b with the reference.
func check(t *testing.T, c *Charset, b []byte) {
	t.Helper()
	want, bounds := newReference(c).append(b)
	checkAgainst(t, c, b, want, bounds)
}

func checkAgainst(t *testing.T, c *Charset, b, want []byte, bounds []bool) {
	t.Helper()
	before := []byte("before")
	got := c.AppendUTF8(before[:len(before):len(before)], b)
	if string(got[:6]) != "before" || !bytes.Equal(got[6:], want) {
		t.Fatalf("AppendUTF8(% x) = %q, want %q", b, got, want)
	}
	if got, want := c.Valid(b), !bytes.Contains(want, []byte{Invalid}); got != want {
		t.Fatalf("Valid(% x) = %v", b, got)
	}
	var text []byte
	for i := 0; i < len(b); {
		if !bounds[i] {
			t.Fatalf("Next: in % x a character starts at %d", b, i)
		}
		var size int
		text, size = c.Next(text, b[i:])
		i += size
	}
	if !bytes.Equal(text, want) {
		t.Fatalf("Next: % x is %q, want %q", b, text, want)
	}
	for i := range bounds {
		if got := c.Boundary(b, 0, i) == i; got != bounds[i] {
			t.Fatalf("boundary in % x at %d: %v", b, i, got)
		}
		last := i
		for !bounds[last] {
			last--
		}
		for from := max(0, i-6); from <= i; from++ {
			if got := c.Boundary(b, from, i); bounds[from] && got != last {
				t.Fatalf("Boundary(% x, %d, %d) = %d, not %d", b, from, i, got, last)
			}
		}
	}
}

func TestOneAndTwoBytes(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		check(t, c, nil)
		for v := range 0x100 {
			check(t, c, []byte{byte(v)})
			if c.form == oneByte {
				continue
			}
			for w := range 0x100 {
				check(t, c, []byte{byte(v), byte(w)})
			}
		}
	})
}

// Each code, followed by each byte, in one text.
func TestEveryPairInAText(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		for _, between := range []string{"\n", "a", "\x81", "\xfe"} {
			var b []byte
			for v := range 0x100 {
				for w := 0; w < 0x100; w += 1 + len(between)*2 {
					b = append(b, byte(v), byte(w))
					b = append(b, between...)
				}
			}
			want, _ := newReference(c).append(b)
			if got := c.AppendUTF8(nil, b); !bytes.Equal(got, want) {
				t.Fatalf("between %q: differ at %d", between, differ(got, want))
			}
		}
	})
}

func differ(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// All codes of four bytes that GB18030 could have.
func TestGB18030(t *testing.T) {
	e, _ := Lookup("gb18030")
	c := e.Charset
	d := c.source.NewDecoder()
	for lead := 0x81; lead <= 0xFE; lead++ {
		var b []byte
		for i := range 12600 {
			b = append(b, byte(lead), byte('0'+i/1260), byte(0x81+i/10%126), byte('0'+i%10), '\n')
		}
		want, err := d.Bytes(b)
		if err != nil {
			t.Fatal(err)
		}
		want = bytes.ReplaceAll(want, []byte("\uFFFD"), []byte{Invalid})
		if lead == 0x81 { // of U+E7C7
			want = bytes.Replace(want, []byte("\u1E3F"), []byte("\uE7C7"), 1)
		}
		if lead == 0x84 { // where U+FFFD has its code
			want = bytes.Replace(want, []byte{Invalid}, []byte("\uFFFD"), 1)
		}
		if got := c.AppendUTF8(nil, b); !bytes.Equal(got, want) {
			i := differ(got, want)
			t.Fatalf("lead %#x: differ at %d, %q", lead, i, want[max(0, i-20):i])
		}
	}
	// The limits of each byte.
	for _, b0 := range []byte{0x80, 0x81, 0x84, 0x85, 0x8F, 0x90, 0xE3, 0xE4, 0xFE, 0xFF} {
		for _, b1 := range []byte{'/', '0', '2', '9', ':', 0x40} {
			for _, b2 := range []byte{0x7F, 0x80, 0x81, 0x9A, 0x9B, 0xA4, 0xFE, 0xFF} {
				for _, b3 := range []byte{'/', '0', '5', '6', '7', '9', ':', '\n'} {
					check(t, c, []byte{b0, b1, b2, b3})
					check(t, c, []byte{b0, b1, b2})
				}
			}
		}
	}
}

// All codes of three bytes of EUC-JP, and those around them.
func TestEUCJP(t *testing.T) {
	e, _ := Lookup("euc-jp")
	c := e.Charset
	for v := 0x9F; v <= 0xFF; v++ {
		for w := 0x9F; w <= 0xFF; w++ {
			check(t, c, []byte{0x8F, byte(v), byte(w)})
		}
		check(t, c, []byte{0x8F, byte(v), '\n'})
	}
}

// soup returns random bytes, mostly such as make up characters.
func soup(rnd *rand.Rand, c *Charset, n int) []byte {
	var b []byte
	ascii := rnd.IntN(5)
	for len(b) < n {
		switch rnd.IntN(6 + ascii) {
		case 0:
			b = append(b, byte(rnd.IntN(0x100)))
		case 1:
			b = append(b, byte(0x80+rnd.IntN(0x80)), byte(rnd.IntN(0x100)))
		case 2:
			for range 2 {
				b = append(b, byte(0x81+rnd.IntN(0x7E)), byte('0'+rnd.IntN(10)))
			}
		case 3:
			b = append(b, "\x8f\x8e\n\x00|\\\x81\xfe\x80\xff"[rnd.IntN(10)])
		case 4, 5:
			b = append(b, byte(0xA1+rnd.IntN(0x5E)), byte(0xA1+rnd.IntN(0x5E)))
		default:
			b = append(b, "some ASCII and then\nmore of it, quite long\x00"[rnd.IntN(30):]...)
		}
	}
	return b[:n]
}

func TestSoup(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		rnd := rand.New(rand.NewPCG(1, uint64(len(c.name))))
		rounds := 100
		if c.form != oneByte {
			rounds = 1000
		}
		for range rounds {
			check(t, c, soup(rnd, c, rnd.IntN(60)))
		}
		// Across the blocks for which room is made.
		for range 4 {
			b := soup(rnd, c, 2*blockSize+rnd.IntN(2*blockSize))
			want, _ := newReference(c).append(b)
			if got := c.AppendUTF8(nil, b); !bytes.Equal(got, want) {
				t.Fatalf("differ at %d", differ(got, want))
			}
			for _, v := range []byte{0, '\n'} {
				if bytes.Count(b, []byte{v}) != bytes.Count(want, []byte{v}) {
					t.Fatalf("%q is not one to one", v)
				}
			}
		}
		// The most that text can grow.
		for v := 0x80; v <= 0xFF; v++ {
			b := bytes.Repeat([]byte{byte(v)}, 2*blockSize)
			var want []byte
			for rest := b; len(rest) > 0; {
				var size int
				want, size = c.Next(want, rest)
				rest = rest[size:]
			}
			if got := c.AppendUTF8(nil, b); !bytes.Equal(got, want) {
				t.Fatalf("%#x: differ at %d", v, differ(got, want))
			}
		}
	})
}

// ASCII after what has grown much, when little room is left.
func TestGrowth(t *testing.T) {
	e, err := Lookup("Shift_JIS")
	if err != nil {
		t.Fatal(err)
	}
	n := 10 * blockSize
	b := append(bytes.Repeat([]byte{0xB1}, n), bytes.Repeat([]byte{'a'}, 15*blockSize)...)
	want := append(bytes.Repeat([]byte("ｱ"), n), b[n:]...)
	if got := e.Charset.AppendUTF8(nil, b); !bytes.Equal(got, want) {
		t.Errorf("differ at %d", differ(got, want))
	}
}

// refCodes returns all characters that the reference finds, of up to two bytes, and those of three
// bytes in EUC-JP and some of four in GB18030.
func refCodes(c *Charset) map[string]string {
	all := map[string]string{}
	ref := newReference(c)
	add := func(b ...byte) {
		if s, size := ref.first(b); size == len(b) && s[0] != Invalid {
			all[string(b)] = string(s)
		}
	}
	for v := range 0x100 {
		add(byte(v))
		if c.form == oneByte {
			continue
		}
		for w := range 0x100 {
			if v >= 0x80 {
				add(byte(v), byte(w))
			}
			if c.form == eucJP && v >= 0x80 && w >= 0x80 {
				add(0x8F, byte(v), byte(w))
			}
		}
	}
	if c.form == gb18030 {
		four := func(i int) {
			add(byte(0x81+i/12600), byte('0'+i/1260%10), byte(0x81+i/10%126), byte('0'+i%10))
		}
		for i := range 1260 * 1260 {
			if i < 39420 || i%101 == 0 {
				four(i)
			}
		}
		for _, r := range missingGBK {
			if r > 0xFFFF {
				four(int(r) - 0x10000 + 189000)
			}
		}
	}
	return all
}

func TestTrailing(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		var want [0x100]bool
		for code := range refCodes(c) {
			for _, v := range []byte(code[1:]) {
				want[v] = true
			}
		}
		for v, want := range want {
			if got := c.Trailing(byte(v)); got != want {
				t.Errorf("Trailing(%#x) = %v", v, got)
			}
		}
	})
}

func FuzzCharset(f *testing.F) {
	for i := range charsets {
		f.Add(i, []byte("a\x81\x30\x81\x30\x8f\xa2\xaf\x88\x62\xa1\xa1|\\\n"))
	}
	f.Fuzz(func(t *testing.T, i int, b []byte) {
		e, err := Lookup(charsets[uint(i)%uint(len(charsets))].name)
		if err != nil {
			t.Fatal(err)
		}
		check(t, e.Charset, b)
	})
}
