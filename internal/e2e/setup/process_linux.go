package setup

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Children returns the processes that a process has started and that have not ended.
func Children(pid int) (pids []int) {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		b, _ := os.ReadFile(list) // the thread may be gone
		for _, s := range strings.Fields(string(b)) {
			if child, err := strconv.Atoi(s); err == nil && State(s) != 'Z' {
				pids = append(pids, child)
			}
		}
	}
	return pids
}

// State returns the letter for the state of a process or, given as PID/task/TID, of a thread; 0 if
// it is gone.
func State(process string) byte {
	b, err := os.ReadFile("/proc/" + process + "/stat")
	if err != nil {
		return 0
	}
	if i := bytes.LastIndexByte(b, ')'); i >= 0 && i+2 < len(b) {
		return b[i+2]
	}
	return 0
}

// Stopped reports whether all threads of a process are stopped, or have ended.
func Stopped(pid int) bool {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	for _, thread := range threads {
		switch State(strings.TrimPrefix(thread, "/proc/")) {
		case 'T', 'Z', 0:
		default:
			return false
		}
	}
	return len(threads) > 0
}
