//go:build !amd64 || noasm

package wc

func classify(dst []masks, src []byte, x *boxes) { classifyGo(dst, src, x) }

func countChars(b []byte) int64 { return charsGo(b) }

// plain takes no blocks here: it pays off only in assembly.
func plain([]byte, *wordState, bool) (blocks int, lines int64) { return 0, 0 }
