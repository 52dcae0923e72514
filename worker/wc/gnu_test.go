package wc

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/peer"
)

// gnu finds GNU wc with the locale C.UTF-8, or skips the test.
func gnu(t *testing.T) string {
	t.Helper()
	peer.NeedUTF8(t)
	t.Logf("%s; the tables are those of glibc 2.36", peer.Libc())
	return peer.WC.Need(t)
}

// gnuCounts returns what wc counts in files.
func gnuCounts(t *testing.T, wc string, want Want, m mode, files []string) []Counts {
	t.Helper()
	options := "-"
	for i, o := range "lwmcL" {
		if want&(1<<i) != 0 {
			options += string(o)
		}
	}
	cmd := exec.Command(wc, append([]string{options, "--"}, files...)...)
	cmd.Env = []string{"LC_ALL=C"}
	if m.loc == locale.UTF8 {
		cmd.Env[0] = "LC_ALL=C.UTF-8"
	}
	if m.posixly {
		cmd.Env = append(cmd.Env, "POSIXLY_CORRECT=1")
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	lines := strings.SplitAfter(string(out), "\n")
	counts := make([]Counts, len(files))
	for i := range counts {
		fields := strings.Fields(lines[i])
		c := &counts[i]
		for _, f := range []struct {
			want Want
			to   *int64
		}{
			{Lines, &c.Lines}, {Words, &c.Words}, {Chars, &c.Chars},
			{Bytes, &c.Bytes}, {MaxWidth, &c.MaxWidth},
		} {
			if want&f.want == 0 {
				continue
			}
			if *f.to, err = strconv.ParseInt(fields[0], 10, 64); err != nil {
				t.Fatalf("%v: %q", cmd, lines[i])
			}
			fields = fields[1:]
		}
	}
	return counts
}

// write writes each input to a file.
func write(t *testing.T, inputs [][]byte) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for i, b := range inputs {
		files = append(files, filepath.Join(dir, strconv.Itoa(i)))
		if err := os.WriteFile(files[i], b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Every set of options, so that every loop of wc is reached.
func TestAgainstGNU(t *testing.T) {
	wc := gnu(t)
	r := rand.New(rand.NewPCG(7, 8))
	var inputs [][]byte
	for _, f := range fragments {
		inputs = append(inputs,
			[]byte(f), []byte("a"+f+"b"), []byte(f+" "+f+"\n"), []byte(f+f+f+f+"\tx"))
	}
	for c := range 256 {
		c := byte(c)
		inputs = append(inputs,
			[]byte{c}, []byte{'a', c, 'b', '\n', c, 'c'}, []byte{'\t', 'x', c, '\t', c})
	}
	for range rounds(100) {
		inputs = append(inputs, soup(r, r.IntN(300)))
	}
	for range rounds(10) { // longer than the buffer of wc
		inputs = append(inputs, soup(r, r.IntN(100<<10)))
	}
	for _, f := range fragments { // cut by the end of the buffer
		b := bytes.Repeat([]byte("x "), 8<<10)
		inputs = append(inputs, append(b[:len(b)-1-r.IntN(6)], f+"yz"+f...))
	}
	files := write(t, inputs)
	for _, m := range modes {
		for want := Want(1); want <= all; want++ {
			for i, gnu := range gnuCounts(t, wc, want, m, files) {
				if got := count(inputs[i], want, m, whole); got != gnu {
					t.Errorf("%s, options %05b: got %+v, wc says %+v for %.200q",
						m.name, want, got, gnu, inputs[i])
				}
			}
			if t.Failed() {
				return
			}
		}
	}
}

// All code points, and what UTF-8 could encode but does not. The inputs are made so that errors
// cannot cancel out in a sum or a maximum over many characters: in each, all are of the same class,
// and no character can count more, or none can count less.
func TestAllCharactersAgainstGNU(t *testing.T) {
	wc := gnu(t)
	type form struct{ before, between string }
	forms := []form{
		{" ", " "},  // words: at most 1 from each
		{"a", "b"},  // words: at least 1, at most 2
		{"", ""},    // width: the sum
		{"", "\n"},  // width: the maximum
		{"\t", "x"}, // width with tabs
	}
	const classes = 1 << 5
	inputs := make([][]byte, classes*len(forms))
	for c := rune(0); c < maxDecoded; c++ {
		if c > 0x10FFFF+0x1000 && c%0x101 != 0 { // skip most of what has no meaning
			continue
		}
		e := encode(c)
		k := referenceClass(c)
		for i, f := range forms {
			b := &inputs[int(k)*len(forms)+i]
			*b = append(append(append(*b, f.before...), e...), f.between...)
		}
	}
	for i, f := range forms {
		b := &inputs[3*len(forms)+i] // an unused class
		for lead := 0x80; lead <= 0xFF; lead++ {
			for second := 0x78; second <= 0xC8; second++ {
				for _, rest := range []string{"", "\x80", "\x80\x80", "\xbf\xbf\xbf", "\x80\x80\x80\x80"} {
					*b = append(append(*b, f.before...), byte(lead), byte(second))
					*b = append(append(*b, rest...), f.between...)
				}
			}
		}
	}
	files := write(t, inputs)
	for _, m := range modes {
		for i, gnu := range gnuCounts(t, wc, all, m, files) {
			if got := count(inputs[i], all, m, whole); got != gnu {
				form := fmt.Sprint(forms[i%len(forms)])
				t.Errorf("%s: class %#x, form %q: got %+v, wc says %+v",
					m.name, i/len(forms), form, got, gnu)
			}
		}
	}
}

// encode returns the UTF-8 encoding up to four bytes, ignoring surrogates and limits.
func encode(c rune) []byte {
	switch tail := byte(c&0x3F | 0x80); {
	case c < 0x80:
		return []byte{byte(c)}
	case c < 0x800:
		return []byte{byte(c>>6 | 0xC0), tail}
	case c < 0x10000:
		return []byte{byte(c>>12 | 0xE0), byte(c>>6&0x3F | 0x80), tail}
	default:
		return []byte{byte(c>>18 | 0xF0), byte(c>>12&0x3F | 0x80), byte(c>>6&0x3F | 0x80), tail}
	}
}
