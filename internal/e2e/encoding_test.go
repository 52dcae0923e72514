//go:build unix

package e2e

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	encodingTrials = flag.Int("encoding.trials", 60,
		"how many `trials` in encodings other than UTF-8, for grep and for filter")
	encodingSeed = flag.Uint64("encoding.seed", 1, "the `seed` of the first trial")
)

// coding is an encoding of inputs. linefork is told its name or, if that is empty, recognizes it by
// a byte order mark.
type coding struct {
	name     string
	encoding encoding.Encoding
	letters  []string // characters that it has
	inUTF16  bool
	mark     string // at the start of a file
}

var (
	chinese  = []string{"汉", "字", "丂", "啊", "國", "中", "文"}
	japan    = []string{"ソ", "表", "漢", "字", "あ", "ー", "予"}
	cyrillic = []string{"ж", "Ж", "я", "Я", "ё", "Ё"}
	accented = []string{"é", "É", "ü", "Ü", "ß", "ï»¿"}
	all      = slices.Concat(chinese, japan, cyrillic, accented, []string{"😀", "𠀀"})
)

// codings are encodings that are decoded in different ways. In some of them, the letters ソ, 表 and 予
// end with the byte of "\" or "|", and 丂 with that of "@". Characters of four bytes in GB18030 have
// digits as their second and fourth byte.
var codings = []coding{
	{name: "gb18030", encoding: simplifiedchinese.GB18030, letters: slices.Concat(chinese, cyrillic, []string{"é", "ß", "É", "€", "😀", "𠀀", "亅", "俓", "鈂", "\u0080", "ĉ", "Ĉ", "\uE5E5"})},
	{name: "GBK", encoding: simplifiedchinese.GBK, letters: slices.Concat(chinese, cyrillic, []string{"亅", "俓", "鈂", "€", "é"})},
	{name: "shift_jis", encoding: japanese.ShiftJIS, letters: slices.Concat(japan, cyrillic, []string{"ｿ", "ｱ", "ポ", "欺", "彜"})},
	{name: "big5", encoding: traditionalchinese.Big5, letters: []string{"功", "許", "蓋", "育", "中", "文", "一", "乙"}},
	{name: "euc-jp", encoding: japanese.EUCJP, letters: slices.Concat(japan, cyrillic, []string{"é", "ｱ", "丂"})},
	{name: "euc-kr", encoding: korean.EUCKR, letters: []string{"한", "글", "갂", "힣", "中", "ж", "Ж"}},
	{name: "koi8-r", encoding: charmap.KOI8R, letters: slices.Concat(cyrillic, []string{"─", "░"})},
	{name: "windows-1252", encoding: charmap.Windows1252, letters: slices.Concat(accented, []string{"€", "ï"})},
	{name: "windows-1253", encoding: charmap.Windows1253, letters: []string{"σ", "ς", "Σ", "ά"}},
	{name: "utf-16le", encoding: utf16In(unicode.LittleEndian), letters: all, inUTF16: true},
	{name: "utf-16be", encoding: utf16In(unicode.BigEndian), letters: all, inUTF16: true},
	{name: "utf-16", encoding: utf16In(unicode.LittleEndian), letters: all, inUTF16: true},
	{name: "utf-16", encoding: utf16In(unicode.BigEndian), letters: all, inUTF16: true, mark: "\ufeff"},
	{encoding: utf16In(unicode.LittleEndian), letters: all, inUTF16: true, mark: "\ufeff"},
	{encoding: utf16In(unicode.BigEndian), letters: all, inUTF16: true, mark: "\ufeff"},
}

func utf16In(order unicode.Endianness) encoding.Encoding {
	return unicode.UTF16(order, unicode.IgnoreBOM)
}

// encode returns text in the encoding.
func (c *coding) encode(text string) []byte {
	b, err := c.encoding.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err)
	}
	return b
}

const (
	// invalid is a byte that is not UTF-8. It stands for bytes that belong to no character.
	invalid = "\xff"
	// unpaired are bytes that are not UTF-8. They stand for an unpaired surrogate.
	unpaired = "\xed\xa0\x80"
)

// decode returns the text in UTF-8. As in GNU grep, a byte that starts no character is skipped by
// itself.
func (c *coding) decode(b []byte) string {
	d := c.encoding.NewDecoder()
	if c.inUTF16 {
		var order binary.ByteOrder = binary.LittleEndian
		if c.encode("\n")[0] == 0 {
			order = binary.BigEndian
		}
		var text strings.Builder
		for ; len(b) >= 2; b = b[2:] {
			r := rune(order.Uint16(b))
			if utf16.IsSurrogate(r) && len(b) >= 4 {
				if pair := utf16.DecodeRune(r, rune(order.Uint16(b[2:]))); pair != utf8.RuneError {
					r, b = pair, b[2:]
				}
			}
			if utf16.IsSurrogate(r) {
				text.WriteString(unpaired)
			} else {
				text.WriteRune(r)
			}
		}
		return text.String()
	}
	var text strings.Builder
next:
	for len(b) > 0 {
		if b[0] < 0x80 {
			text.WriteByte(b[0])
			b = b[1:]
			continue
		}
		for n := range min(len(b), 4) {
			s, err := d.Bytes(b[:n+1])
			if err == nil && !bytes.ContainsRune(s, '\ufffd') {
				text.Write(s)
				b = b[n+1:]
				continue next
			}
		}
		text.WriteString(invalid)
		b = b[1:]
	}
	return text.String()
}

// replaced returns text in which invalid stands for what is not a character.
func replaced(text string) string { return replacer.Replace(text) }

var replacer = strings.NewReplacer("\ufffd", invalid, unpaired, invalid, "\ufeff", "")

// file encodes pieces of text, and inserts bytes that may be parts of characters, or invalid,
// between them. It returns the content of the file and its text.
func (d dice) file(c *coding, pieces []string, damage int) (data []byte, text string) {
	for _, p := range pieces {
		data = append(data, c.encode(p)...)
		if !d.one(damage) {
			continue
		}
		if c.inUTF16 {
			half := []byte{0xD8 + byte(d.IntN(8))} // of a surrogate pair
			data = append(data, bytes.Replace(c.encode("\ue000"), []byte{0xE0}, half, 1)...)
			continue
		}
		letter := c.encode(pick(d, c.letters...))
		data = append(data, pick(d, []byte{0xFF}, letter[:1], letter[len(letter)-1:],
			letter[:len(letter)-len(letter)/2], []byte{0x80 + byte(d.IntN(0x80))})...)
	}
	return slices.Concat(c.encode(c.mark), data), c.decode(data)
}

// trial is a run on encoded files and on their text.
type trial struct {
	*testing.T
	dice
	coding
	seed           uint64
	plain, encoded string // folders
	input          string // how the files are passed
	files          []string
	data           [][]byte
	text           []string
}

// trials calls try with random trials.
func trials(t *testing.T, try func(t *trial)) {
	plain, encoded := t.TempDir(), t.TempDir()
	n := *encodingTrials
	if setup.Race {
		n = 1 + n/4
	}
	for i := range uint64(n) {
		seed := *encodingSeed + i
		d := dice{rand.New(rand.NewPCG(seed, 18030))}
		try(&trial{
			T: t, dice: d, coding: codings[int(seed)%len(codings)], seed: seed, plain: plain,
			encoded: encoded,
			input:   pick(d, "name", "name", "name", "file", "pipe", "gzip", "gzip pipe"),
		})
		if t.Failed() {
			return
		}
	}
}

// write writes a file of pieces of text, damaged after one piece in so many.
func (t *trial) write(pieces []string, damage int) {
	data, text := t.file(&t.coding, pieces, damage)
	t.data, t.text = append(t.data, data), append(t.text, text)
	if strings.HasPrefix(t.input, "gzip") {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(data)
		w.Close()
		data = b.Bytes()
	}
	name := "f" + strconv.Itoa(len(t.files))
	writeFile(t, filepath.Join(t.plain, name), []byte(text))
	writeFile(t, filepath.Join(t.encoded, name), data)
	t.files = append(t.files, name)
}

// run runs a command on the files in a folder.
func (t *trial) run(dir, command string, args ...string) result {
	t.Helper()
	args = append([]string{command}, args...)
	p := program{dir: dir, env: []string{"LC_ALL=C.UTF-8"}}
	if t.name != "" && dir == t.encoded && t.one(2) {
		p.env[0] = "LC_ALL=C" // which makes no difference
	}
	if dir == t.encoded && strings.HasPrefix(t.input, "gzip") {
		args = append(args, "--decompress")
	}
	switch {
	case t.input == "file":
		f, err := os.Open(filepath.Join(dir, "f0"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		p.stdin = f
		return p.run(t, "linefork", args...)
	case strings.HasSuffix(t.input, "pipe"):
		return p.run(t, "sh", append([]string{"-c", `cat f0 | "$@"`, "sh", "linefork"}, args...)...)
	}
	return p.run(t, "linefork", append(args, t.files...)...)
}

// same checks that a command does the same on the encoded files, in random modes, as on their text.
// text says that the output is always UTF-8, places that an offset precedes each record.
func (t *trial) same(command string, options []string, text, places bool) {
	t.Helper()
	plain := t.run(t.plain, command, append([]string{"--mode=serial"}, options...)...)
	for _, output := range []string{"", "--output-encoding=utf-8"} {
		args := t.way()
		if slices.ContainsFunc(t.data,
			func(b []byte) bool { return len(b) > 10_000 }) { // or there would be too many ranges
			args = append(args, "--range-size="+pick(t.dice, "3000", "10K", "100K"))
		}
		args = append(args, options...)
		if t.name != "" {
			args = append(args, "--encoding="+t.name)
		}
		if output != "" {
			args = append(args, output)
		}
		raw := t.run(t.encoded, command, args...)
		got, want := raw, plain
		if !text && output == "" {
			got.stdout = t.decode([]byte(got.stdout))
		}
		got.stdout, want.stdout = replaced(got.stdout), replaced(want.stdout)
		if places {
			// In UTF-16 they are offsets in the text.
			if !t.inUTF16 && !t.inPlace(raw.stdout, output != "") ||
				t.inUTF16 && t.mark == "" && got.stdout != want.stdout {
				t.Errorf("seed %d: %q gave wrong offsets in\n%q\n%q", t.seed, args,
					raw.stdout, t.data[0])
			}
			got.stdout = place.ReplaceAllString(got.stdout, "")
			want.stdout = place.ReplaceAllString(want.stdout, "")
		}
		got.stdout = ofJSON.ReplaceAllString(got.stdout, "")
		want.stdout = ofJSON.ReplaceAllString(want.stdout, "")
		got.stderr = offset.ReplaceAllString(got.stderr, "")
		want.stderr = offset.ReplaceAllString(want.stderr, "")
		if got != want {
			t.Errorf("seed %d: %s: %s %q of\n%.3000q\ngave %.4000s\nwant %.4000s", t.seed, t.input,
				command, args, t.text, fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
		}
	}
}

var (
	place = regexp.MustCompile(`(?m)^[0-9]+:`)
	// Times and offsets in JSON.
	ofJSON = regexp.MustCompile(`"nanos":\d+,"human":"[^"]*"|` +
		`"(absolute_offset|bytes_searched|bytes_printed)":\d+`)
	offset = regexp.MustCompile(` at byte [0-9]+`)
)

// inPlace reports whether what follows each offset in the output is at that offset in the first
// file.
func (t *trial) inPlace(written string, inUTF8 bool) bool {
	for line := range strings.Lines(written) {
		number, rest, ok := strings.Cut(line, ":")
		at, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue // continues a record
		}
		if at > len(t.data[0]) {
			return false
		}
		rest = strings.TrimSuffix(rest, "\n")
		there := t.data[0][at:]
		there = there[:min(len(there), 4*len(rest)+4)]
		if inUTF8 {
			there, rest = []byte(t.decode(there)), replaced(rest)
		}
		if !bytes.HasPrefix(there, []byte(rest)) {
			return false
		}
	}
	return true
}
