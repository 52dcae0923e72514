package taxi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the sample file anew")

func generate(t testing.TB, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := Write(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(b.Len()) {
		t.Fatalf("Write returned %d, wrote %d bytes", n, b.Len())
	}
	return b.Bytes()
}

// The hashes are a promise: files are named by their options.
func TestSameBytesForever(t *testing.T) {
	for _, test := range []struct {
		name string
		o    Options
		want string
	}{
		{"1 MB", Options{Size: 1_000_000, Seed: 1},
			"d246eef0e7f9407afbc1bbf2985623ec10293cb0e9cd31358c036a1853808382"},
		{"1 MB with header", Options{Size: 1_000_000, Seed: 1, Header: true},
			"81fdf398a8248e40c264a6dab279b72fe903e24782a0a9447e850e257d3269a6"},
		{"10,000 rows", Options{Rows: 10_000, Seed: 42},
			"a2028b535c47e99c9df830bc6414b97094916906b44c9628ad3b8dccc9bd4e1f"},
	} {
		sum := sha256.Sum256(generate(t, test.o))
		if got := hex.EncodeToString(sum[:]); got != test.want {
			t.Errorf("%s: hash %s, want %s", test.name, got, test.want)
		}
	}
}

func TestSample(t *testing.T) {
	name := filepath.Join("..", "..", "testdata", "taxi.csv")
	got := generate(t, Options{Rows: 2000, Seed: 1, Header: true})
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from what is generated", name)
	}
	if n := bytes.Count(want, []byte("\n"+Planted+",")); n < 3 || n > 10 {
		t.Errorf("taxi %s occurs in %d rows, want 3 to 10", Planted, n)
	}
}

var rowPattern = regexp.MustCompile(`^[12]\d{4},` +
	`2013-10-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d,` +
	`114\.\d{5},30\.\d{5},([1-7]?\d),(\d|[1-9]\d|[12]\d\d|3[0-5]\d),[01]$`)

func TestRows(t *testing.T) {
	const n = 20_000
	text := string(generate(t, Options{Rows: n, Seed: 7}))
	rows := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(rows) != n {
		t.Fatalf("%d rows, want %d", len(rows), n)
	}
	seen := make([]map[string]int, 8)
	for i := range seen {
		seen[i] = map[string]int{}
	}
	for _, row := range rows {
		if !rowPattern.MatchString(row) {
			t.Fatalf("odd row %q", row)
		}
		for i, field := range strings.Split(row, ",") {
			if i == 1 {
				seen[7][field[8:10]]++
			}
			seen[i][field]++
		}
	}
	if mean := float64(len(text)) / n; mean < 52 || mean > 54 {
		t.Errorf("mean row of %.2f bytes, want about 53", mean)
	}
	for _, f := range []struct {
		name          string
		column, count int
	}{{"speeds", 4, 80}, {"headings", 5, 360}, {"occupied", 6, 2}, {"days", 7, 31}} {
		if got := len(seen[f.column]); got != f.count {
			t.Errorf("%d different %s, want %d", got, f.name, f.count)
		}
	}
	if k := seen[6]["1"]; k < n*48/100 || k > n*52/100 {
		t.Errorf("%d of %d rows occupied, want about half", k, n)
	}
	if k := seen[0][Planted]; k < n/plantEvery || k > n/plantEvery+10 {
		t.Errorf("taxi %s in %d of %d rows", Planted, k, n)
	}
}

func TestTaxisAreSpreadEvenly(t *testing.T) {
	const n = 400_000 // 20 per taxi
	text := generate(t, Options{Rows: n, Seed: 3})
	var seen [30_000]int
	for len(text) > 0 {
		id, _ := strconv.Atoi(string(text[:5]))
		seen[id]++
		text = text[bytes.IndexByte(text, '\n')+1:]
	}
	for id := 10_000; id < 30_000; id++ {
		if k := seen[id]; strconv.Itoa(id) != Planted && (k < 1 || k > 50) {
			t.Errorf("taxi %d in %d of %d rows", id, k, n)
		}
	}
}

func TestSizeIsNeverExceeded(t *testing.T) {
	whole := generate(t, Options{Size: 2 * pieceSize, Seed: 5, Header: true})
	header := len(Header) + 1
	var sizes []int
	for size := 0; size < 240; size += 2 {
		sizes = append(sizes, size, pieceSize-150+size)
	}
	for _, size := range sizes {
		got := generate(t, Options{Size: int64(size), Seed: 5, Header: true})
		if len(got) > size || !bytes.HasPrefix(whole, got) {
			t.Fatalf("size %d: %d bytes that are not the start of the longer file", size, len(got))
		}
		if len(got) > 0 && got[len(got)-1] != '\n' {
			t.Fatalf("size %d: the last row is cut", size)
		}
		if size >= header && size-len(got) >= maxRow {
			t.Fatalf("size %d: only %d bytes", size, len(got))
		}
	}
}

func TestRowsOverManyBuffers(t *testing.T) {
	for _, rows := range []int64{1, 399, 4_985, 4_990, 30_000} {
		got := generate(t, Options{Rows: rows, Size: 1, Seed: 9})
		if n := int64(bytes.Count(got, []byte{'\n'})); n != rows {
			t.Errorf("%d rows, want %d", n, rows)
		}
	}
}

type failingWriter struct {
	calls, good int
	err         error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	w.calls++
	if w.calls > w.good {
		return 1, w.err
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	full := errors.New("no space left")
	for _, test := range []struct{ err, want error }{{full, full}, {nil, io.ErrShortWrite}} {
		w := &failingWriter{good: 2, err: test.err}
		n, err := Write(w, Options{Size: 1 << 40})
		if !errors.Is(err, test.want) {
			t.Errorf("error %v, want %v", err, test.want)
		}
		if w.calls != 3 || n < pieceSize || n > 2*pieceSize+1 {
			t.Errorf("%d calls and %d bytes", w.calls, n)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	const size = 16 << 20
	b.SetBytes(size)
	for b.Loop() {
		if _, err := Write(io.Discard, Options{Size: size, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
