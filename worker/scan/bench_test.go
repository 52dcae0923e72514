package scan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// benchText is CSV of digits with a newline every 64 bytes, without quotes, letters or '#'. It is
// as long as the longest benchmark needs.
var benchText = sync.OnceValue(func() []byte {
	size := 256 << 20
	if testing.Short() {
		size = 1 << 20
	}
	b := make([]byte, size)
	random := rand.New(rand.NewPCG(1, 2))
	const chunk = 1 << 20
	for i := range chunk {
		switch {
		case i%64 == 63:
			b[i] = '\n'
		case i%8 == 7:
			b[i] = ','
		default:
			b[i] = '0' + byte(random.IntN(10))
		}
	}
	for i := chunk; i < len(b); i *= 2 {
		copy(b[i:], b[:i])
	}
	return b
})

func benchSizes(b *testing.B, f func(data []byte)) {
	for _, size := range []int{64, 4 << 10, 1 << 20, 256 << 20} {
		if size > 1<<20 && testing.Short() {
			continue
		}
		data := benchText()[:size]
		b.Run(sizeName(size), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				f(data)
			}
		})
	}
}

func sizeName(size int) string {
	switch {
	case size >= 1<<20:
		return fmt.Sprintf("%dMiB", size>>20)
	case size >= 1<<10:
		return fmt.Sprintf("%dKiB", size>>10)
	}
	return fmt.Sprintf("%dB", size)
}

var benchTriple = Triple{B1: '"', Off1: 2, B2: 'x', Off2: 5, B3: 'y', Off3: 6, Len: 8}

func BenchmarkCount(b *testing.B) {
	benchSizes(b, func(data []byte) { Count(data, '\n') })
}

func BenchmarkBytesCount(b *testing.B) {
	benchSizes(b, func(data []byte) { bytes.Count(data, []byte{'\n'}) })
}

func BenchmarkIndexByteOr(b *testing.B) {
	benchSizes(b, func(data []byte) { IndexByteOr(data, '"', '#') })
}

func BenchmarkBytesIndexByte(b *testing.B) {
	benchSizes(b, func(data []byte) { bytes.IndexByte(data, '"') })
}

func BenchmarkIndexTriple(b *testing.B) {
	benchSizes(b, func(data []byte) { IndexTriple(data, benchTriple) })
}

func BenchmarkIndexTripleOr(b *testing.B) {
	benchSizes(b, func(data []byte) { IndexTripleOr(data, benchTriple, '#') })
}

// benchNeedles are a needle that does not occur, one whose bytes are all everywhere, and one that
// occurs at about every hundredth position.
var benchNeedles = []struct{ name, needle string }{
	{"absent", "Mustermann"},
	{"digits", "123456789012"},
	{"frequent", "11"},
}

func BenchmarkNext(b *testing.B) {
	benchFinder(b, func(f *Finder, data []byte) {
		for i := f.Next(data, 0); i >= 0; i = f.Next(data, i+1) {
		}
	})
}

func BenchmarkNextOr(b *testing.B) {
	benchFinder(b, func(f *Finder, data []byte) {
		for i, _ := f.NextOr(data, 0, '"'); i >= 0; i, _ = f.NextOr(data, i+1, '"') {
		}
	})
}

func BenchmarkBytesIndex(b *testing.B) {
	benchFinder(b, func(f *Finder, data []byte) {
		for i := bytes.Index(data, f.needle); i >= 0; i = bytes.Index(data, f.needle) {
			data = data[i+1:]
		}
	})
}

func benchFinder(b *testing.B, walk func(f *Finder, data []byte)) {
	for _, n := range benchNeedles {
		b.Run(n.name, func(b *testing.B) {
			f := NewFinder([]byte(n.needle), benchText()[:16<<10])
			benchSizes(b, func(data []byte) { walk(f, data) })
		})
	}
	// The triple is "10", which is at half of the positions: most of the work is left to
	// bytes.Index.
	b.Run("misranked", func(b *testing.B) {
		needle := []byte("101011")
		f := &Finder{needle: needle, triple: pairAt(needle, 0, 1)}
		data := bytes.Repeat([]byte("01"), 1<<19)
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			walk(f, data)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	dst := make([]Masks, 1024)
	benchSizes(b, func(data []byte) {
		for len(data) > 0 {
			n := min(len(data), len(dst)*MaskLen)
			Classify(dst, data[:n], '\n', ',', '"')
			data = data[n:]
		}
	})
}
