package charset

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// hanzi returns about n bytes of UTF-8 text: Chinese characters, some of them frequent, with
// punctuation and a little ASCII.
func hanzi(n int) []byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(rnd, 1.1, 20, 3754)
	var b []byte
	for len(b) < n*2/3 {
		switch rnd.IntN(40) {
		case 0:
			b = append(b, "2024-11-08 12:30:00 INFO id=42 "...)
		case 1:
			b = append(b, '\n')
		case 2, 3:
			b = append(b, 0xA3, 0xAC)
		default:
			i := int(zipf.Uint64())
			b = append(b, byte(0xB0+i*7%40), byte(0xA1+i%94))
		}
	}
	s, err := simplifiedchinese.GBK.NewDecoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return []byte(strings.ReplaceAll(string(s), "\ufffd", ""))
}

// benchCase is something to do with a text.
type benchCase struct {
	name string
	in   []byte
	f    func()
}

func benchCases() []benchCase {
	texts := map[string][]byte{
		"chinese": hanzi(256 << 10),
		"ascii": []byte(strings.Repeat(
			"2024-11-08 12:30:00,INFO,id=42,some text of a log\n", 256<<10/50)),
		"russian": []byte(strings.Repeat("Все счастливые семьи похожи друг на друга, "+
			"каждая несчастливая семья несчастлива по-своему.\n", 1500)),
	}
	var cases []benchCase
	for _, test := range []struct{ charset, text string }{
		{"GB18030", "chinese"}, {"GB18030", "russian"}, {"GB18030", "ascii"}, {"GB18030", "four"},
		{"KOI8-R", "russian"}, {"KOI8-R", "ascii"},
	} {
		e, err := Lookup(test.charset)
		if err != nil {
			panic(err)
		}
		var in []byte
		if test.text == "four" { // all but ASCII in codes of four bytes
			for _, r := range string(texts["russian"]) {
				if r < 0x80 {
					in = append(in, byte(r))
				} else {
					in = gbCode(int(r)).append(in)
				}
			}
		} else if in, err = e.Charset.source.NewEncoder().Bytes(texts[test.text]); err != nil {
			panic(err)
		}
		var dst []byte
		name := test.charset + "/" + test.text
		cases = append(cases,
			benchCase{name, in, func() { dst = e.Charset.AppendUTF8(dst[:0], in) }},
			benchCase{name + "/Valid", in, func() { e.Charset.Valid(in) }},
		)
	}
	for _, text := range []string{"chinese", "russian", "ascii"} {
		for order, kind := range orders {
			in := utf16Bytes(utf16.Encode([]rune(string(texts[text]))), order)
			name := []string{UTF16LE: "UTF-16LE/", UTF16BE: "UTF-16BE/"}[kind] + text
			var dst []byte
			cases = append(cases,
				benchCase{name, in, func() { dst, _ = AppendUTF16AsUTF8(dst[:0], in, order, true) }},
				benchCase{name + "/back", texts[text], func() {
					dst, _ = AppendUTF16(dst[:0], texts[text], order, true)
				}},
			)
		}
	}
	return cases
}

func BenchmarkText(b *testing.B) {
	for _, c := range benchCases() {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.in)))
			for b.Loop() {
				c.f()
			}
		})
	}
}

// BenchmarkLookup builds the tables.
func BenchmarkLookup(b *testing.B) {
	for _, name := range []string{"GB18030", "GBK", "Big5", "EUC-JP", "KOI8-R"} {
		e, _ := Lookup(name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c := Charset{source: e.Charset.source, form: e.Charset.form}
				c.build()
			}
		})
		b.Run(name+"/Literal", func(b *testing.B) {
			for b.Loop() {
				e.Charset.buildCodes()
			}
		})
	}
}
