package faults

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf16"
)

// input is what a trial reads.
type input struct {
	name  string
	args  []string
	files map[string][]byte // by path
	stdin []byte            // what comes through a pipe
	// victim is the file that faults of inputs happen to, "" if none can.
	victim string
}

var inputs = sync.OnceValue(func() []*input {
	const (
		one   = "rows.csv"
		long  = 3000
		short = 20
	)
	rows := table(1, long)
	folder := map[string][]byte{}
	for i := range 40 {
		folder[fmt.Sprintf("in/%d/%d.csv", i%3, i)] = table(uint64(100+i), short)
	}
	folder["in/long.csv"] = table(2, long)
	return []*input{
		{name: "file", args: []string{one}, files: map[string][]byte{one: rows}, victim: one},
		{
			name: "files", args: []string{"a.csv", "b.csv", "c.csv"}, victim: "a.csv",
			files: map[string][]byte{"a.csv": rows, "b.csv": table(3, short), "c.csv": table(4, long)},
		},
		{name: "folder", args: []string{"-r", "in"}, files: folder, victim: "in/long.csv"},
		{name: "pipe", args: []string{"-"}, stdin: rows},
		{
			name: "gzip", args: []string{"--decompress", one + ".gz"},
			files: map[string][]byte{one + ".gz": zipped(rows)},
		},
		{
			name: "UTF-16", args: []string{one}, victim: one,
			files: map[string][]byte{one: wide(table(5, long/2))},
		},
	}
})

// table is rows of several kinds.
func table(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 0))
	var b bytes.Buffer
	for i := range n {
		id := fmt.Sprint(r.IntN(50))
		if r.IntN(20) == 0 {
			id = key
		}
		name := pick(&random{r}, "abc", "qx", "é", `"a ""b"""`, "\"c\nd\"", strings.Repeat("def,", 5))
		fmt.Fprintf(&b, "%s,%s,%d\n", id, name, i)
	}
	return b.Bytes()
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	if closed := w.Close(); err != nil || closed != nil {
		panic(fmt.Sprint(err, closed))
	}
	return b.Bytes()
}

// wide is a text in UTF-16, with its mark.
func wide(text []byte) []byte {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(string(text))) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

// write makes the files below dir.
func (in *input) write(dir string) error {
	for name, data := range in.files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
