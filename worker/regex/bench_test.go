package regex

import (
	"bytes"
	"strings"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
)

// greps are typical searches in rows like
//
//	11865,2013-10-22 08:45:13,114.97201,30.75123,45,359,1
var greps = []struct {
	name string
	Spec
}{
	{"field", Spec{Patterns: []byte(`,114.97201,`), Language: Fixed}},
	{"id", Spec{Patterns: []byte(`^11865,`)}},
	{"place", Spec{Patterns: []byte(`114\.9720[0-9],30\.7`)}},
	{"flag", Spec{Patterns: []byte(`,1$`)}},
	{"half", Spec{Patterns: []byte(`^1`)}},
	{"column", Spec{Patterns: []byte(`^[^,]*,[^,]*,114\.97`)}},
	{"case", Spec{Patterns: []byte(`abcxyz`), FoldCase: true}},
	{"gap", Spec{Patterns: []byte(`[0-9]{5},.*,359,1`), Language: Extended}},
	{"words50", Spec{Patterns: []byte(strings.Join(fifty(), "|")), Language: Extended}},
	{"list1000", Spec{Patterns: numbers(1000), Language: Fixed}},
	{"word", Spec{Patterns: []byte(`114.97201`), Language: Fixed, Words: true}},
	{"none", Spec{Patterns: []byte(`[0-9][02468]:[0-9][02468]:[13579][13579]`), Language: Extended}},
	{"backref", Spec{Patterns: []byte(`,\([0-9]*\),\1,`)}},
}

func fifty() (words []string) {
	for i := range 50 {
		words = append(words, strings.Repeat(string(rune('a'+i%26)), 3)+string(rune('a'+i*7%26))+"word")
	}
	return words
}

// numbers returns as many ids of taxis, which are few.
func numbers(n int) []byte {
	var b []byte
	for i := range n {
		ones, tens, hundreds := byte('0'+i%10), byte('0'+i/10%10), byte('0'+i/100%10)
		b = append(b, '9', '9', ones, ones, tens, hundreds, '\n')
	}
	return b[:len(b)-1]
}

const blockSize = 128 << 10

func BenchmarkCount(b *testing.B) {
	var data bytes.Buffer
	if _, err := taxi.Write(&data, taxi.Options{Size: 8 << 20, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	for _, g := range greps {
		b.Run(g.name, func(b *testing.B) {
			g.Sample = data.Bytes()[:32<<10]
			p, err := compile(&g.Spec)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(data.Len()))
			s := p.Searcher()
			n := 0
			for b.Loop() {
				n = 0
				for rest := data.Bytes(); len(rest) > 0; {
					end := len(rest)
					if end > blockSize {
						end = bytes.LastIndexByte(rest[:blockSize], '\n') + 1
					}
					n += s.Count(rest[:end])
					rest = rest[end:]
				}
			}
			b.ReportMetric(float64(n), "hits")
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	var data bytes.Buffer
	if _, err := taxi.Write(&data, taxi.Options{Size: 32 << 10, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	for _, g := range greps {
		b.Run(g.name, func(b *testing.B) {
			g.Sample = data.Bytes()
			for b.Loop() {
				p, err := compile(&g.Spec)
				if err != nil {
					b.Fatal(err)
				}
				p.Searcher()
			}
		})
	}
}
