//go:build !noasm

package wc

import "github.com/linefork/linefork/internal/cpu"

//go:generate go -C _generate run . -out ../kernels_amd64.s -stubs ../kernels_amd64.go -pkg wc

// classify fills dst from the blocks of src; see classifyGo.
func classify(dst []masks, src []byte, x *boxes) {
	if !cpu.AVX2() || len(dst) == 0 {
		classifyGo(dst, src, x)
		return
	}
	_ = src[len(dst)*block+ahead-1]
	if x == nil {
		classifyASCIIAVX2(&dst[0].graph, &src[0], len(dst))
	} else {
		classifyUTF8AVX2(&dst[0].graph, &src[0], len(dst), &x.leadLow[0])
	}
}

// countChars counts the characters of b, which holds only whole characters.
func countChars(b []byte) int64 {
	if !cpu.AVX2() {
		return charsGo(b)
	}
	n := int64(0)
	for len(b) >= block+maxSequence {
		k, done := charsAVX2(&b[0], len(b))
		n += int64(k)
		b = b[done:]
		if len(b) >= block+maxSequence {
			// The kernel stopped at the lead byte of a long sequence.
			n += charsAt(b, block)
			b = b[block:]
		}
	}
	return n + charsAt(b, len(b))
}

// plain counts the lines, and the words in w, of the first blocks of b, and returns how many blocks
// it took. It stops before a block with a byte above 0x7F, unless bytesOnly says that such bytes
// are not characters.
func plain(b []byte, w *wordState, bytesOnly bool) (blocks int, lines int64) {
	n := min(len(b)/block, mostPlain)
	if !cpu.AVX2() || n == 0 {
		return 0, 0
	}
	stop := ^uint32(0)
	if bytesOnly {
		stop = 0
	}
	blocks, newlines, words, in := plainAVX2(&b[0], n, stop, w.in)
	w.n += int64(words)
	w.in = in
	return blocks, int64(newlines)
}

// mostPlain is the maximum number of blocks that plainAVX2 takes at once.
const mostPlain = 127
