//go:build unix

package descriptors

import "golang.org/x/sys/unix"

// Limit is how many files this process may have open, 0 if that is unknown.
func Limit() int {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return int(min(uint64(limit.Cur), 1<<20))
}
