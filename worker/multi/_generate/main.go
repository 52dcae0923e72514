// Command generate writes the amd64 assembly of package multi and its Go stubs. It is run by go
// generate in the directory of the package.
//
// Every kernel is a leaf without a stack frame, so that a fault on one of its loads can unwind. It
// takes whole blocks of 64 positions and stores a bit mask for each.
package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	vector = 32   // bytes in a YMM register
	block  = 64   // positions in a block
	ahead  = 2048 // how far ahead of the loads the prefetch is, in bytes; it never faults
)

func main() {
	build.ConstraintExpr("!noasm")
	for fingers := 1; fingers <= 5; fingers++ {
		teddy(fingers)
	}
	grams()
	build.Generate()
}

// function starts a kernel.
func function(name, signature string, doc ...string) {
	build.TEXT(name, build.NOSPLIT, signature)
	build.Pragma("noescape")
	build.Doc(doc...)
}

func load(name string) reg.GPVirtual {
	r := build.GP64()
	build.Load(build.Param(name), r)
	return r
}

// repeat returns a vector with the lowest byte of r in each byte.
func repeat(r reg.GPVirtual) reg.VecVirtual {
	x, y := build.XMM(), build.YMM()
	build.VMOVD(r.As32(), x)
	build.VPBROADCASTB(x, y)
	return y
}

// repeatWord returns a vector with the 32 bits of r in each word.
func repeatWord(r reg.GPVirtual) reg.VecVirtual {
	x, y := build.XMM(), build.YMM()
	build.VMOVD(r.As32(), x)
	build.VPBROADCASTD(x, y)
	return y
}

// constant returns a vector with c in each word.
func constant(c uint32) reg.VecVirtual {
	r := build.GP64()
	build.MOVL(operand.U32(c), r.As32())
	return repeatWord(r)
}

// blocks writes a loop over n blocks. candidates sets mask to the candidates of the block at the
// streams; the loop stores it.
func blocks(dst, n reg.GPVirtual, streams []reg.GPVirtual, candidates func(mask reg.GPVirtual)) {
	mask := build.GP64()
	build.Label("loop")
	build.PREFETCHT0(operand.Mem{Base: streams[0], Disp: ahead})
	candidates(mask)
	build.MOVQ(mask, operand.Mem{Base: dst})
	build.ADDQ(operand.Imm(8), dst)
	for _, s := range streams {
		build.ADDQ(operand.Imm(block), s)
	}
	build.DECQ(n)
	build.JNZ(operand.LabelRef("loop"))
	build.VZEROUPPER()
	build.RET()
}
