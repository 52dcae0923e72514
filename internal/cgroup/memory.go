// Package cgroup knows how much memory the control group of this process may use, of Linux's version
// 1 or 2, and whether processes were killed because it had used that.
package cgroup

// Memory is the memory controller of a process's group.
type Memory struct {
	// Limit is how many bytes the group, or one that it is in, may use.
	Limit int64

	events []string // files that count what was killed, of the group and those that it is in
}

// Find returns the controller of this process, or nil if its memory is not limited.
func Find() *Memory { return find("/") }
