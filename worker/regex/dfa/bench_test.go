package dfa

import (
	"bytes"
	"sync"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
)

// taxiRows are 32 MiB of CSV; prose is the same amount of text.
var (
	taxiRows = sync.OnceValue(func() []byte {
		var b bytes.Buffer
		if _, err := taxi.Write(&b, taxi.Options{Size: 32 << 20}); err != nil {
			panic(err)
		}
		return b.Bytes()
	})
	prose = sync.OnceValue(func() []byte {
		const text = `It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness, it was the epoch of belief, it was the
epoch of incredulity, it was the season of Light, it was the season of Darkness,
it was the spring of hope, it was the winter of despair, we had everything before
us, we had nothing before us, we were all going direct to Heaven, we were all
going direct the other way: in short, the period was so far like the present
period, that some of its noisiest authorities insisted on its being received,
for good or for evil, in the superlative degree of comparison only.
`
		return bytes.Repeat([]byte(text), 32<<20/len(text))
	})
)

var benchPatterns = []struct {
	name, pattern string
	data          func() []byte
	utf8          bool
}{
	{"digits", `[0-9]{5},.*,359,1`, taxiRows, false},
	{"digits-utf8", `[0-9]{5},.*,359,1`, taxiRows, true},
	{"column", `^[^,]*,[^,]*,114\.97`, taxiRows, false},
	{"column-utf8", `^[^,]*,[^,]*,114\.97`, taxiRows, true},
	{"anchored", `^1186[0-9],`, taxiRows, false},
	{"end", `,(359|358),1$`, taxiRows, false},
	{"half", `[0-9],1$`, taxiRows, false},
	{"all", `[0-9]+:[0-9]+`, taxiRows, false},
	{"none", `[0-9]{6}-`, taxiRows, false},
	{"alternatives", `(45|46|47),(100|200|300),1`, taxiRows, false},
	{"letters", `[a-z]+x[0-9]`, taxiRows, false},
	{"word", `\b11[0-9]65\b`, taxiRows, false},
	{"dots", `1.3.5.7.9`, taxiRows, false},
	{"foobar", `(foo|bar).*baz`, prose, false},
	{"foobar-utf8", `(foo|bar).*baz`, prose, true},
	{"foobar-taxi", `(foo|bar).*baz`, taxiRows, false},
	{"ing", `[a-z]+ing\b`, prose, false},
	{"ing-utf8", `[a-z]+ing\b`, prose, true},
	{"names", `[A-Z][a-z]+ [A-Z][a-z]+`, prose, false},
	{"class", `[^a-z ,.:A-Z\n]`, prose, true},
}

func BenchmarkLines(b *testing.B) {
	for _, x := range benchPatterns {
		b.Run(x.name, func(b *testing.B) {
			p, err := Compile(parse(b, x.pattern, x.utf8), Options{Terminator: '\n', UTF8: x.utf8})
			if err != nil {
				b.Fatal(err)
			}
			m := p.Machine(nil)
			data := x.data()
			var hits []int
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				hits = m.Lines(data, hits[:0])
			}
			b.ReportMetric(float64(len(hits)), "hits")
			b.ReportMetric(float64(len(m.forward.states)), "states")
		})
	}
}

// BenchmarkFind finds all matches in all records.
func BenchmarkFind(b *testing.B) {
	for _, pattern := range []string{`[0-9]+`, `[0-9]{5},.*,359,1`, `:1[0-9]`} {
		b.Run(pattern, func(b *testing.B) {
			p, err := Compile(parse(b, pattern, false), Options{Terminator: '\n'})
			if err != nil {
				b.Fatal(err)
			}
			m := p.Machine(nil)
			data := taxiRows()[:1<<20]
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				for line := range bytes.Lines(data) {
					line = bytes.TrimSuffix(line, []byte{'\n'})
					for from := 0; from <= len(line); {
						_, end, ok := m.Find(line, from)
						if !ok {
							break
						}
						from = max(end, from+1)
					}
				}
			}
		})
	}
}
