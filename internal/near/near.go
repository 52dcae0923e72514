// Package near finds the word that was probably meant by a mistyped one.
package near

import "strings"

// Word returns the word of all that is nearest to the typed one, the first of several, or "" if
// none is near: one slip of the keyboard for every three characters typed, but at most two. A slip
// is a character too many, one too few, a wrong one, or two neighbors swapped. Failing that, it
// returns the only one that begins with at least three characters typed. Case does not matter.
func Word(typed string, all []string) (nearest string) {
	from := []rune(strings.ToLower(typed))
	best := min(len(from)/3, 2) + 1
	for _, word := range all {
		if d := distance(from, []rune(strings.ToLower(word)), best); d < best {
			best, nearest = d, word
		}
	}
	if nearest == "" && len(from) >= 3 {
		return only(string(from), all)
	}
	return nearest
}

// only returns the word of all that begins with a start in lower case, "" unless it is one.
func only(start string, all []string) (found string) {
	for _, word := range all {
		if !strings.HasPrefix(strings.ToLower(word), start) {
			continue
		}
		if found != "" {
			return ""
		}
		found = word
	}
	return found
}

// distance returns the number of slips between a and b, or any number from limit on if it is not
// below limit. It is the "optimal string alignment" distance: no character slips twice.
func distance(a, b []rune, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	// Rows of the table of distances between prefixes: those of a[:i-2], a[:i-1] and a[:i].
	before, last, this := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range this {
		this[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, this = last, this, before
		this[0] = i
		for j := 1; j <= len(b); j++ {
			substituted := last[j-1]
			if a[i-1] != b[j-1] {
				substituted++
			}
			this[j] = min(last[j]+1, this[j-1]+1, substituted)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
	}
	return this[len(b)]
}
