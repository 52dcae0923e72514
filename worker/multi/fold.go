package multi

// ASCII letters in both cases: everything is compared in lower case.

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
	caseBits = 0x20 * lowBits
)

// lower returns c in lower case if it is an ASCII letter, otherwise c.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c |= 0x20
	}
	return c
}

// lowerWord is lower for each byte of w.
func lowerWord(w uint64) uint64 {
	low := w &^ highBits
	fromA := low + (0x80-'A')*lowBits    // high bit: 'A' or above
	aboveZ := low + (0x80-'Z'-1)*lowBits // high bit: above 'Z'
	upper := fromA &^ aboveZ &^ w & highBits
	return w | upper>>2
}

// foldAll returns copies of the needles in lower case, in one block of memory.
func foldAll(needles [][]byte) [][]byte {
	size := 0
	for _, n := range needles {
		size += len(n)
	}
	text := make([]byte, 0, size)
	folded := make([][]byte, len(needles))
	for i, n := range needles {
		at := len(text)
		for _, c := range n {
			text = append(text, lower(c))
		}
		folded[i] = text[at:]
	}
	return folded
}
