package scan

import "math/bits"

func countLiteralGeneric(b, literal []byte) int {
	m := len(b) - len(literal) + 1 // positions
	var words [MaxLiteral]uint64
	for k, c := range literal {
		words[k] = repeat(c)
	}
	n, i := 0, 0
	for ; i+wordLen <= m; i += wordLen {
		eq := uint64(highBits)
		for k := range literal {
			eq &= equalBytes(word(b, i+k), words[k])
		}
		n += bits.OnesCount64(eq)
	}
	for ; i < m; i++ {
		if string(b[i:i+len(literal)]) == string(literal) {
			n++
		}
	}
	return n
}
