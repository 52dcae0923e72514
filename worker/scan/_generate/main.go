// Command generate writes the amd64 assembly of package scan and its Go stubs. It is run by go
// generate in the directory of the package.
//
// Every kernel is a leaf without a stack frame, so that a fault on one of its loads can unwind.
// Every load is inside the slice: the loops take whole vectors as long as there are any, and what
// remains is covered by one vector that ends with the last position and overlaps what was searched
// before.
package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	vector = 32 // bytes in a YMM register
	unroll = 4  // vectors per iteration
	step   = unroll * vector
	line   = 64 // bytes in a cache line

	// ahead is how far ahead of the loads the prefetch is, in bytes. Prefetching past the slice is
	// harmless: it never faults.
	ahead = 2048
)

func main() {
	build.ConstraintExpr("!noasm")
	count()
	indexByteOr()
	for n := 2; n <= 3; n++ {
		indexWindow(n)
		indexWindowOr(n)
		indexFoldWindow(n)
	}
	masks()
	countLiteral(4)
	countLiteral(8)
	pairMasks()
	hasZero()
	build.Generate()
}

// function starts a kernel.
func function(name, signature string, doc ...string) {
	build.TEXT(name, build.NOSPLIT, signature)
	build.Pragma("noescape")
	build.Doc(doc...)
}

// broadcast loads a byte argument into all bytes of a vector.
func broadcast(name string) reg.VecVirtual {
	r := build.GP32()
	build.Load(build.Param(name), r)
	x, y := build.XMM(), build.YMM()
	build.VMOVD(r, x)
	build.VPBROADCASTB(x, y)
	return y
}

func load(name string) reg.GPVirtual {
	r := build.GP64()
	build.Load(build.Param(name), r)
	return r
}

func loadBase(name string) reg.GPVirtual {
	r := build.GP64()
	build.Load(build.Param(name).Base(), r)
	return r
}

func loadLen(name string) reg.GPVirtual {
	r := build.GP64()
	build.Load(build.Param(name).Len(), r)
	return r
}

// before returns a register with the address n bytes before p.
func before(p reg.GPVirtual, n int) reg.GPVirtual {
	r := build.GP64()
	build.LEAQ(operand.Mem{Base: p, Disp: -n}, r)
	return r
}

// prefetch fetches the cache lines of the iteration that is ahead of p.
func prefetch(p reg.GPVirtual) {
	for d := 0; d < step; d += line {
		build.PREFETCHT0(operand.Mem{Base: p, Disp: ahead + d})
	}
}

func returnInt(r reg.GPVirtual) {
	build.Store(r, build.ReturnIndex(0))
	build.VZEROUPPER()
	build.RET()
}
