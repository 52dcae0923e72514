package rlimit

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// AddressSpace is how many bytes this process may map, 0 if that is not limited.
func AddressSpace() int64 { return get(unix.RLIMIT_AS) }

// AddressSpaceInUse is how many bytes this process has mapped or reserved.
func AddressSpaceInUse() int64 {
	pages := int64(0)
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if _, err := fmt.Sscan(string(text), &pages); err == nil {
			return pages * int64(os.Getpagesize())
		}
	}
	return 1300 << 20 // as much as Go's runtime reserves
}

// Threads is how many processes and threads the user of this process may have, 0 if that is not
// limited. The limit does not hold for root.
func Threads() int64 {
	if os.Getuid() == 0 {
		return 0
	}
	return get(unix.RLIMIT_NPROC)
}

func get(resource int) int64 {
	var limit unix.Rlimit
	if unix.Getrlimit(resource, &limit) != nil || limit.Cur > 1<<62 {
		return 0
	}
	return int64(limit.Cur)
}

// ThreadsInUse is how many threads the user of this process has; ok is false if that is not known.
func ThreadsInUse() (n int64, ok bool) {
	uid := uint32(os.Getuid())
	processes, err := os.ReadDir("/proc")
	if err != nil {
		return 0, false
	}
	for _, p := range processes {
		if _, err := strconv.Atoi(p.Name()); err != nil {
			continue
		}
		if info, err := p.Info(); err != nil || owner(info) != uid {
			continue
		}
		// Links: the folder, its parent, and one for each thread.
		if info, err := os.Stat(filepath.Join("/proc", p.Name(), "task")); err == nil {
			n += links(info) - 2
		}
	}
	return n, n > 0
}

func owner(info fs.FileInfo) uint32 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Uid
	}
	return ^uint32(0)
}

func links(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int64(s.Nlink)
	}
	return 0
}
