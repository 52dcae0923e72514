package scan

import (
	"bytes"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

func checkPairMasks(t failer, b []byte, c1, c2 byte, gap int, terminator byte) {
	t.Helper()
	got := make([]PairMasks, (len(b)+MaskLen-1)/MaskLen)
	for i := range got {
		got[i] = PairMasks{^uint64(0), ^uint64(0)}
	}
	if n := MarkPair(got, b, c1, c2, gap, terminator); n != len(got) {
		t.Fatalf("MarkPair of %d bytes made %d masks", len(b), n)
	}
	for k, m := range got {
		var want PairMasks
		for i := k * MaskLen; i < min(len(b), (k+1)*MaskLen); i++ {
			if b[i] == c1 && i+gap < len(b) && b[i+gap] == c2 {
				want.H |= 1 << (i % MaskLen)
			}
			if b[i] == terminator {
				want.N |= 1 << (i % MaskLen)
			}
		}
		if m != want {
			t.Fatalf("MarkPair(%q, %q, %q, %d, %q)[%d] = %x, want %x",
				b, c1, c2, gap, terminator, k, m, want)
		}
	}
}

// TestPairMasksSweep puts the pair at every position of every length and with every gap, and its
// bytes after the end of the slice.
func TestPairMasksSweep(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for n := range 3*MaskLen + MaxGap {
			buf := make([]byte, n+MaxGap+1)
			for gap := range MaxGap + 1 {
				step := 1
				if n > 2*MaskLen && gap > 1 && gap < MaxGap {
					step = 7
				}
				for at := -1; at < n; at += step {
					for i := range buf {
						buf[i] = 'q'
					}
					b := buf[:n:n]
					clear(b)
					if at >= 0 {
						b[at] = 'p'
						if at+gap < n && gap > 0 {
							b[at+gap] = 'q'
						}
					}
					checkPairMasks(t, b, 'p', 'q', gap, 'p')
					checkPairMasks(t, b, 'p', 'p', 0, 'q')
					checkPairMasks(t, b, 0, 0, gap, 0)
				}
			}
		}
	})
}

func TestPairMasksLimits(t *testing.T) {
	for name, f := range map[string]func(){
		"gap below":  func() { MarkPair(make([]PairMasks, 9), make([]byte, 99), 0, 0, -1, 0) },
		"gap above":  func() { MarkPair(make([]PairMasks, 9), make([]byte, 99), 0, 0, MaxGap+1, 0) },
		"short":      func() { MarkPair(make([]PairMasks, 1), make([]byte, 65), 0, 0, 0, 0) },
		"short, gap": func() { MarkPair(make([]PairMasks, 1), make([]byte, 128), 0, 0, 9, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func FuzzMarkPair(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('a'), byte('b'), uint8(2), byte('\n'))
	f.Add(make([]byte, 200), byte(0), byte(0), uint8(31), byte(0))
	f.Fuzz(func(t *testing.T, b []byte, c1, c2 byte, gap uint8, terminator byte) {
		cputest.Paths(func(string) { checkPairMasks(t, b, c1, c2, int(gap)%(MaxGap+1), terminator) })
	})
}

func BenchmarkMarkPair(b *testing.B) {
	dst := make([]PairMasks, 1024)
	benchSizes(b, func(data []byte) {
		for len(data) > 0 {
			n := min(len(data), len(dst)*MaskLen)
			MarkPair(dst, data[:n], '1', '\n', 1, '\n')
			data = data[n:]
		}
	})
}

// TestPairOffsets samples text in which the rarest bytes of the needle occur together, or are too
// far apart.
func TestPairOffsets(t *testing.T) {
	needle := []byte("1-0x" + strings.Repeat(".", MaxGap-4) + "yz")
	for _, line := range []string{"1-...--xx00yy", "0000....--xxyy1-", "....0x-1yy", "z"} {
		sample := bytes.Repeat([]byte(line), 20)
		a, b := PairOffsets(needle, sample)
		p := pairAt(needle, a, b)
		if a >= b || b > MaxGap || candidates(sample, &p, 1) > 0 {
			t.Errorf("offsets %d, %d for %q", a, b, line)
		}
	}
	if a, b := PairOffsets(needle, nil); a != 3 || b != MaxGap {
		t.Errorf("offsets %d, %d without a sample", a, b)
	}
}
