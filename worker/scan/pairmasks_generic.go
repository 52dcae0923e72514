package scan

func pairMasksGeneric(dst []PairMasks, b []byte, c1, c2 byte, gap int, terminator byte) {
	w1, w2, wt := repeat(c1), repeat(c2), repeat(terminator)
	for i := range dst {
		var m PairMasks
		for k := 0; k < MaskLen; k += wordLen {
			at := i*MaskLen + k
			w := word(b, at)
			m.H |= gather(equalBytes(w, w1)&equalBytes(word(b, at+gap), w2)) << k
			m.N |= gather(equalBytes(w, wt)) << k
		}
		dst[i] = m
	}
}
