package wc

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkCounter counts the files that WC_BENCH lists, separated by blanks.
func BenchmarkCounter(b *testing.B) {
	for _, file := range strings.Fields(os.Getenv("WC_BENCH")) {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		data = data[:min(len(data), 16<<20)]
		for _, m := range modes[:2] {
			for _, w := range []struct {
				name string
				want Want
			}{
				{"l", Lines}, {"w", Words}, {"m", Chars}, {"L", MaxWidth},
				{"lwc", Lines | Words | Bytes}, {"lwmcL", all},
			} {
				b.Run(file[strings.LastIndexByte(file, '/')+1:]+"/"+m.name+"/"+w.name, func(b *testing.B) {
					b.SetBytes(int64(len(data)))
					for b.Loop() {
						c := NewCounter(w.want, m.loc)
						c.Add(data)
					}
				})
			}
		}
	}
}
