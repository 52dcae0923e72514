package scan

import (
	"bytes"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

func naiveCountLiteral(b, literal []byte) (n int) {
	for i := range b {
		if naiveAt(b, i, literal) {
			n++
		}
	}
	return n
}

func checkCountLiteral(t failer, b, literal []byte) {
	t.Helper()
	if got, want := CountLiteral(b, literal), naiveCountLiteral(b, literal); got != want {
		t.Fatalf("CountLiteral(%q, %q) = %d, want %d", b, literal, got, want)
	}
}

// TestCountLiteralSweep puts one hit at every position of every length, surrounded by bytes that
// would complete a hit across the ends of the slice.
func TestCountLiteralSweep(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		const pad = 16
		for size := 1; size <= MaxLiteral; size++ {
			literal := []byte("abcdefgh")[:size]
			for n := range sweepLen + 1 {
				buf := bytes.Repeat([]byte("."), pad+n+pad)
				b := buf[pad : pad+n : pad+n]
				for at := 1 - size; at < n; at++ {
					copy(buf[pad+at:], literal)
					want := 0
					if at >= 0 && at+size <= n {
						want = 1
					}
					if got := CountLiteral(b, literal); got != want {
						t.Fatalf("CountLiteral(%q) of %d bytes with a hit at %d = %d", literal, n, at, got)
					}
					copy(buf[pad+at:], "........"[:size])
				}
			}
		}
	})
}

// TestCountLiteralFull has a hit at each position, so that counters would overflow first, and near
// hits that differ in each of the literal's bytes.
func TestCountLiteralFull(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		b := make([]byte, 20_000)
		for size := 1; size <= MaxLiteral; size++ {
			for n := 0; n <= len(b); n += 1 + n/20 {
				if got, want := CountLiteral(b[:n], make([]byte, size)), max(n-size+1, 0); got != want {
					t.Fatalf("CountLiteral of %d hits = %d", want, got)
				}
			}
			for k := range size {
				literal := make([]byte, size)
				literal[k] = 1
				if got := CountLiteral(b, literal); got != 0 {
					t.Fatalf("CountLiteral of %q = %d", literal, got)
				}
			}
		}
	})
}

func TestCountLiteralLength(t *testing.T) {
	for _, size := range []int{0, MaxLiteral + 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("no panic for a literal of %d bytes", size)
				}
			}()
			CountLiteral(make([]byte, 100), make([]byte, size))
		}()
	}
}

func FuzzCountLiteral(f *testing.F) {
	f.Add([]byte("11865,1\n12734,1\n11523,2\n11865,1\n12734,1\n11523,2\n"), []byte(",1\n"))
	f.Add(bytes.Repeat([]byte("ab"), 200), []byte("abab"))
	f.Add(make([]byte, 5000), make([]byte, 8))
	f.Fuzz(func(t *testing.T, b, literal []byte) {
		if len(literal) == 0 {
			return
		}
		literal = literal[:min(len(literal), MaxLiteral)]
		cputest.Paths(func(string) { checkCountLiteral(t, b, literal) })
	})
}

func BenchmarkCountLiteral(b *testing.B) {
	for _, literal := range []string{"1\n", ",1\n", "1,23", "123456,"} {
		b.Run(literal, func(b *testing.B) {
			benchSizes(b, func(data []byte) { CountLiteral(data, []byte(literal)) })
		})
	}
}
