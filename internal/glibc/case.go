package glibc

import "iter"

// shift adds by to every step-th character from lo to hi. The shifts of a table are in order and do
// not overlap.
type shift struct{ lo, hi, step, by rune }

// ToUpper is towupper.
func ToUpper(r rune) rune {
	if r < 0x80 {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return moved(uppers, r)
}

// ToLower is towlower.
func ToLower(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return moved(lowers, r)
}

func moved(shifts []shift, r rune) rune {
	lo, hi := 0, len(shifts)
	for lo < hi {
		mid := (lo + hi) / 2
		if shifts[mid].hi < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(shifts) && shifts[lo].lo <= r && (r-shifts[lo].lo)%shifts[lo].step == 0 {
		r += shifts[lo].by
	}
	return r
}

// Uppers yields, in order, the characters that ToUpper changes, with their upper case.
func Uppers() iter.Seq2[rune, rune] {
	return func(yield func(r, upper rune) bool) {
		for _, s := range uppers {
			for r := s.lo; r <= s.hi; r += s.step {
				if !yield(r, r+s.by) {
					return
				}
			}
		}
	}
}
