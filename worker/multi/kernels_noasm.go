//go:build !amd64 || noasm

package multi

func teddy1AVX2(*uint64, *byte, int, *byte, int)                     { panic(noAssembly) }
func teddy2AVX2(*uint64, *byte, int, *byte, int, int)                { panic(noAssembly) }
func teddy3AVX2(*uint64, *byte, int, *byte, int, int, int)           { panic(noAssembly) }
func teddy4AVX2(*uint64, *byte, int, *byte, int, int, int, int)      { panic(noAssembly) }
func teddy5AVX2(*uint64, *byte, int, *byte, int, int, int, int, int) { panic(noAssembly) }

func gramsAVX2(*uint64, *byte, int, *uint32, uint32, uint32, uint32, uint32) { panic(noAssembly) }

const noAssembly = "multi: no assembly"
