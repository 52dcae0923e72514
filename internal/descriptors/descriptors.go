// Package descriptors knows how many files a process may have open (ulimit -n).
package descriptors

// Least is how many a run needs that does more than read one small file.
const Least = 16

// Few reports whether there are so few that none may be open only to save time.
func Few(limit int) bool { return 0 < limit && limit < 64 }
