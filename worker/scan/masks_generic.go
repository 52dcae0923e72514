package scan

func masksGeneric(dst []Masks, b []byte, a1, b1, c1 byte) {
	wa, wb, wc := repeat(a1), repeat(b1), repeat(c1)
	for i := range dst {
		var m Masks
		for k := 0; k < MaskLen; k += wordLen {
			w := word(b, i*MaskLen+k)
			m.A |= gather(equalBytes(w, wa)) << k
			m.B |= gather(equalBytes(w, wb)) << k
			m.C |= gather(equalBytes(w, wc)) << k
		}
		dst[i] = m
	}
}

// gather moves the high bits of the eight bytes to the lowest eight bits: the multiplication adds
// up shifts of the word that bring bit 8k+7 to bit 56+k.
func gather(high uint64) uint64 {
	return high >> 7 * 0x0102040810204080 >> 56
}
