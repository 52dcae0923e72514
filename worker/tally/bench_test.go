package tally

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// BenchmarkCount counts keys of five digits, out of so many different ones.
func BenchmarkCount(b *testing.B) {
	const rows, row = 1 << 18, 53
	for _, keys := range []int{100, 1000, 20_000, 40_000, 500_000} {
		data := make([]byte, rows*row)
		fields := make([]Field, rows)
		for i := range rows {
			n := copy(data[i*row:], strconv.Itoa(100_000+rand.IntN(keys)))
			fields[i] = Field{uint32(i * row), uint32(i*row + n)}
		}
		b.Run(strconv.Itoa(keys), func(b *testing.B) {
			p := NewPartial()
			scratch := make([]Field, 300)
			for b.Loop() {
				for i := 0; i < len(fields); i += len(scratch) {
					n := copy(scratch, fields[i:])
					p.Count(data, scratch[:n])
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
			}
		})
	}
}
