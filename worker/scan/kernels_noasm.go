//go:build !amd64 || noasm

package scan

import "unsafe"

func countAVX2(b []byte, c byte) int {
	return countGeneric(b, c)
}

func indexByteOrAVX2(b []byte, c1, c2 byte) int {
	return indexByteOrGeneric(b, c1, c2)
}

func indexPairAVX2(b []byte, m, off1, off2 int, b1, b2 byte) int {
	return indexTripleAVX2(b, m, off1, off2, off2, b1, b2, b2)
}

func indexPairOrAVX2(b []byte, m, off1, off2 int, b1, b2, stop byte) int {
	return indexTripleOrAVX2(b, m, off1, off2, off2, b1, b2, b2, stop)
}

func indexFoldPairAVX2(b []byte, m, off1, off2 int, b1, b2, case1, case2 byte) int {
	return indexFoldTripleAVX2(b, m, off1, off2, off2, b1, b2, b2, case1, case2, case2)
}

func indexTripleAVX2(b []byte, m, off1, off2, off3 int, b1, b2, b3 byte) int {
	return indexTripleGeneric(b, m, &Triple{b1, b2, b3, off1, off2, off3, off3 + 1})
}

func indexTripleOrAVX2(b []byte, m, off1, off2, off3 int, b1, b2, b3, stop byte) int {
	return indexTripleOrGeneric(b, m, &Triple{b1, b2, b3, off1, off2, off3, off3 + 1}, stop)
}

func masksAVX2(dst *uint64, src *byte, n int, a, b, c byte) {
	masks := unsafe.Slice((*Masks)(unsafe.Pointer(dst)), n)
	masksGeneric(masks, unsafe.Slice(src, n*MaskLen), a, b, c)
}

func countLiteral4AVX2(b []byte, literal *byte, n int) int {
	return countLiteralGeneric(b, unsafe.Slice(literal, n))
}

func countLiteral8AVX2(b []byte, literal *byte, n int) int {
	return countLiteralGeneric(b, unsafe.Slice(literal, n))
}

func indexFoldTripleAVX2(
	b []byte, m, off1, off2, off3 int, b1, b2, b3, case1, case2, case3 byte,
) int {
	t := Triple{b1, b2, b3, off1, off2, off3, off3 + 1}
	return indexFoldTripleGeneric(b, m, &t, [3]byte{case1, case2, case3})
}

func pairMasksAVX2(dst *uint64, src *byte, n int, c1, c2 byte, gap int, terminator byte) {
	masks, b := unsafe.Slice((*PairMasks)(unsafe.Pointer(dst)), n), unsafe.Slice(src, n*MaskLen+gap)
	pairMasksGeneric(masks, b, c1, c2, gap, terminator)
}

func hasZeroAVX2(b []byte) bool { return hasZeroGeneric(b) }
