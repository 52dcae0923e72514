//go:build !noasm

package wc

import "golang.org/x/sys/cpu"

//go:generate sh -c "cd _generate/asm && go run . -out ../../kernels_amd64.s -stubs ../../kernels_amd64.go -pkg wc"

// useAVX2 is a variable for the tests.
var useAVX2 = cpu.X86.HasAVX2

// classify fills dst from the blocks of src; see classifyGo.
func classify(dst []masks, src []byte, x *boxes) {
	if !useAVX2 || len(dst) == 0 {
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

// countChars counts the characters of b, which holds whole characters only.
func countChars(b []byte) int64 {
	if !useAVX2 {
		return charsGo(b)
	}
	n := int64(0)
	for len(b) >= block+maxSequence {
		k, done := charsAVX2(&b[0], len(b))
		n += int64(k)
		b = b[done:]
		if len(b) >= block+maxSequence {
			// It stopped at a lead byte of a long sequence.
			n += charsAt(b, block)
			b = b[block:]
		}
	}
	return n + charsAt(b, len(b))
}
