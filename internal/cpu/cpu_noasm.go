//go:build !amd64 || noasm

package cpu

const avx2 = false

func disable() (restore func()) { return func() {} }
