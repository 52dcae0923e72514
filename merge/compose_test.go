package merge

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer/entropy"
	"github.com/linefork/linefork/worker/rows"
)

// dice returns a number in [0, n).
type dice func(n int) int

func pick[T any](d dice, from ...T) T { return from[d(len(from))] }

func bytesDice(data []byte) dice { return entropy.Ints(data) }

var (
	someKeys = []string{"k", "kk", "1", "11865", "", "k,1", "k\nk", "k\"k", "k\r", "\n"}
	pieces   = []string{
		"\n", "\n", "\n", "\n", ",", ",", "k", "k", "kk", "1", "x", "\r\n", "\nk,", "\nk\n", "k\n", ",k\n",
		`"`, `"`, "\"\n", "\n\"", `""`, "\"k\"\n", "\"k\nk\"", "\"\n\nk\n\"", "\"k,1\"", "\"k\"\"k\"", "\"\n\"\n", "\xef\xbb\xbf", "\x00", "\r",
	}
)

// throw makes a run of random inputs with random cuts, many of them in quotes.
func throw(d dice) *filtering {
	f := &filtering{workers: 1 + d(3), ahead: 1 + d(4)}
	f.spec.Dialect = rows.Dialect{Delimiter: pick(d, byte(','), ',', ',', ';', 'k'), Quote: '"'}
	f.spec.Invert, f.lax = d(3) == 0, d(2) == 0
	f.column = 1 + d(3)
	for range 1 + d(3)*d(2) {
		f.keys = append(f.keys, pick(d, someKeys...))
	}
	f.format = Format{Count: d(6) == 0, WithFilename: d(4) == 0, LineNumber: d(2) == 0, ByteOffset: d(3) == 0}
	if d(3) == 0 {
		f.format.Max = uint64(1 + d(5))
	}
	if d(3) == 0 {
		f.format.LineNumber, f.format.WithFilename, f.format.ByteOffset = false, false, false
	}
	for range 1 + d(2)*d(3) {
		data := thrownInput(d)
		var cuts []int
		often := pick(d, 1, 2, 5)
		for _, at := range borders(data) {
			if len(cuts) < 60 && d(often) == 0 {
				cuts = append(cuts, at)
			}
		}
		f.inputs, f.cuts = append(f.inputs, input{data: data}), append(f.cuts, cuts)
	}
	return f
}

func thrownInput(d dice) []byte {
	var b []byte
	few := d(2) == 0
	for range d(40) {
		p := pick(d, pieces...)
		if few && strings.Contains(p, `"`) && d(3) > 0 {
			p = "x\n"
		}
		b = append(b, p...)
	}
	// Rows long enough to be copied from a window and not one by one.
	if d(20) == 19 {
		b = append(b, strings.Repeat("k,x\n", 200)...)
	}
	if d(40) == 39 {
		b = append(b, "k,\""+strings.Repeat(strings.Repeat("x", 8000)+"\n", 10)+"\"\nk"...)
	}
	return b
}

func TestComposeProperty(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		f := throw(bytesDice(rapid.SliceOfN(rapid.Byte(), 10, 300).Draw(t, "dice")))
		f.store(t, dir)
		f.check(t)
	})
}

func TestComposeSoup(t *testing.T) {
	n := uint64(1500)
	if testing.Short() {
		n = 200
	}
	dir := t.TempDir()
	for seed := range n {
		f := throw(rand.New(rand.NewPCG(seed, 9)).IntN)
		f.store(t, dir)
		f.check(t)
	}
}

func FuzzCompose(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09"))
	f.Fuzz(func(t *testing.T, data []byte) {
		run := throw(bytesDice(data))
		run.store(t, t.TempDir())
		run.check(t)
	})
}

// TestCuts has inputs whose readings do something particular, at every set of
// cuts and in every format.
func TestCuts(t *testing.T) {
	for _, data := range []string{
		"k\nl\nk\n",
		"k\n\"x\nk\n\"\nk\n",                // cut in quotes, a line of the key there
		"\"x\nk\nk\n\"\nk\nk\n",             // the wrong reading reaches a limit before the first quote
		"\"x\nk\n\"\n\"k\n\"\nk\n",          // and before the readings meet
		"x,\"\nk\n\n\"\"\n\"\n\"k\"\nk",     // doubled quotes at a cut
		"\"\n\"\n\"\n\"\n\"\nk\n\"\n",       // readings that never meet
		"\"k\"\"\nk\n\"\"k\"\n\"k\"\nk\nk,", // quotes closed late
		"\xef\xbb\xbfk\n\"\xef\xbb\xbfk\"\n\xef\xbb\xbfk\n",
		"\xef\xbb\xbf\"k\",\"\n\nk\n\"\n\nk\r\nk\r",
		"k\n\"k\nk\nk\n", // a quote that is never closed
		"\n\n\r\n\n\"\"\n\n",
		"k\nk\nx\nk\nk\nk",
	} {
		for _, key := range []string{"k", ""} {
			for _, format := range []Format{
				{},
				{LineNumber: true, ByteOffset: true},
				{LineNumber: true, Max: 1},
				{ByteOffset: true, LineNumber: true, Max: 2},
				{Count: true, Max: 2},
			} {
				for how := range 4 {
					f := newFiltering(data, key, format)
					f.spec.Invert, f.lax = how&1 != 0, how&2 != 0
					f.checkCuts(t)
				}
			}
		}
	}
}
