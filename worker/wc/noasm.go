//go:build !amd64 || noasm

package wc

func classify(dst []masks, src []byte, x *boxes) { classifyGo(dst, src, x) }

func countChars(b []byte) int64 { return charsGo(b) }
