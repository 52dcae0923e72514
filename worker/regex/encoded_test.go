package regex

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/charset"
)

// TestEncoded tries random patterns on random blocks in encodings other than UTF-8. The reference
// decodes each record by itself.
func TestEncoded(t *testing.T) {
	trials := trials(900)
	r := rand.New(rand.NewPCG(uint64(trials), 5))
	ran := make(map[string]int)
	for range trials {
		g := maker{r}
		s := g.spec()
		s.UTF8 = true
		s.Charset = g.pick("gb18030", "gbk", "shift_jis", "big5", "euc-jp", "euc-kr",
			"koi8-r", "iso-8859-1", "windows-1252")
		if _, err := s.Parse(); err != nil {
			continue
		}
		e, err := charset.Lookup(s.Charset)
		if err != nil {
			t.Fatal(err)
		}
		ref := &decoded{e.Charset, reference(t, s)}
		for range 2 {
			b := g.encodedBlock(s, e.Charset)
			all := records(s, ref, b)
			if ref.GaveUp() != nil {
				break
			}
			sample := []byte(nil)
			if r.IntN(2) == 0 {
				sample = g.encodedBlock(s, e.Charset)
			}
			for _, v := range encodedVariants(t, s, e.Charset, sample) {
				e := v.strategy.engine()
				ran[v.name]++
				for range 1 + r.IntN(2) {
					check(t, v.name, s, e, all, ref, b)
				}
			}
		}
	}
	for _, name := range []string{"literal", "literals", "filter", "decoded", "everything"} {
		if n := ran["as chosen: "+name]; n < trials/200 {
			t.Errorf("strategy %s was chosen %d times in %d trials", name, n, trials)
		}
	}
}

// encodedVariants is variants for encoded data.
func encodedVariants(t *testing.T, s *Spec, cs *charset.Charset, sample []byte) (all []variant) {
	for name, automaton := range map[string]float64{"as chosen": 1, "filter": 1e9, "no filter": 0} {
		p, err := s.Parse()
		if err != nil {
			t.Fatal(err)
		}
		text := *s
		text.Sample = cs.AppendUTF8(nil, sample)
		c := newChooser(&text)
		c.charset, c.sample, c.automaton = cs, sample, automaton
		chosen := c.choose(p)
		all = append(all, variant{name + ": " + chosen.name(), chosen})
	}
	return all
}

// encodedBlock makes a block of characters of a charset, cut and joined so that there are bytes
// that do not start or end a character.
func (g maker) encodedBlock(s *Spec, cs *charset.Charset) []byte {
	var b []byte
	for _, c := range string(g.block(s)) {
		if c >= 0x80 && g.odds(2) || g.odds(12) && c != rune(s.terminator()) {
			s := g.pick("é", "я", "汉", "字", "あ", "한", "ﾊ", "𠀀", "ŷ", "À", "∵", "丄", "乤", "\xff")
			c, _ = utf8.DecodeRuneInString(s)
		}
		code, ok := cs.Literal(utf8.AppendRune(nil, c))
		switch {
		case s.Charset == "shift_jis" && g.odds(8):
			b = append(b, g.pick("\x81\xe6", "\x87\x9a")...) // both are ∵
		case !ok:
			b = append(b, byte(g.r.IntN(256)))
		case len(code) > 1 && g.odds(20):
			b = append(b, code[:len(code)-1]...)
		default:
			b = append(b, code...)
		}
	}
	return b
}

// decoded decides about records by their text.
type decoded struct {
	charset *charset.Charset
	decider
}

func (d *decoded) Match(record []byte) bool {
	return d.decider.Match(d.charset.AppendUTF8(nil, record))
}

func (d *decoded) Find(record []byte, from int) (start, end int, ok bool) {
	var text []byte
	back := map[int]int{} // from offsets in the text
	begin := 0
	for i := 0; ; {
		back[len(text)] = i
		if i == from {
			begin = len(text)
		}
		if i == len(record) {
			break
		}
		n := 0
		text, n = d.charset.Next(text, record[i:])
		i += n
	}
	if start, end, ok = d.decider.Find(text, begin); !ok {
		return 0, 0, false
	}
	return back[start], back[end], true
}

// TestEncodedFindAgain continues after a match when another record has been looked at in between.
func TestEncodedFindAgain(t *testing.T) {
	p, err := compile(&Spec{Patterns: []byte("字"), UTF8: true, Charset: "gb18030"})
	if err != nil {
		t.Fatal(err)
	}
	s := p.Searcher()
	record, other := []byte("\xd7\xd6,\xba\xba,\xd7\xd6"), []byte("\xba\xba") // 字,汉,字
	for _, between := range []func(){
		func() { s.Match(other) },
		func() { s.Find(other, 0) },
		func() { s.Lines(other, nil) },
	} {
		if start, end, ok := s.Find(record, 0); start != 0 || end != 2 || !ok {
			t.Fatal(start, end, ok)
		}
		between()
		if start, end, ok := s.Find(record, 2); start != 6 || end != 8 || !ok {
			t.Error(start, end, ok)
		}
	}
}

// TestEncodedFold tries characters of GBK that end with the two cases of a letter.
func TestEncodedFold(t *testing.T) {
	for _, patterns := range []string{"丄x", "丄x\n,x,"} {
		p, err := compile(&Spec{Patterns: []byte(patterns), FoldCase: true, UTF8: true, Charset: "gbk"})
		if err != nil {
			t.Fatal(err)
		}
		b := []byte("\x81\x61X\n\x81\x41X\n")
		if hits := p.Searcher().Lines(b, nil); len(hits) != 1 || hits[0] < 4 {
			t.Errorf("%q: hits at %v in %q", patterns, hits, b)
		}
	}
}
