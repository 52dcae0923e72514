package setup

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Memory is the most that a process has had at one time, in bytes.
type Memory struct {
	Resident int64 // with pages of files that it has mapped, which the system may drop at any time
	Own      int64 // without them, as far as was seen
}

func (m *Memory) rise(to Memory) {
	m.Resident, m.Own = max(m.Resident, to.Resident), max(m.Own, to.Own)
}

// Usage is the most memory that a run has taken, in bytes.
type Usage struct {
	Coordinator, Worker Memory // of the workers, the one that has taken most
	Workers             int    // that were seen
	// Spool is the memory of files that have no name and are in no process: only a descriptor of
	// the coordinator leads to them.
	Spool int64
}

// MeasureMemory returns what a run takes until it is over. It looks at it again and again, so that
// short peaks of Own may be missed, and all of a worker that does not live long.
func MeasureMemory(pid int, over func() bool) (u Usage) {
	workers := map[int]bool{}
	for n := 0; !over(); n++ {
		u.Coordinator.rise(MemoryOf(pid))
		for _, worker := range Workers(pid) {
			u.Worker.rise(MemoryOf(worker))
			workers[worker] = true
		}
		if n%8 == 0 {
			u.Spool = max(u.Spool, unnamed(pid))
		}
		time.Sleep(2 * time.Millisecond)
	}
	u.Workers = len(workers)
	return u
}

// MostResident is the resident memory that a process has had at most which has ended, or any that it
// has waited for: nothing is missed. It is no less than that of the process that has started it.
func MostResident(s *os.ProcessState) int64 {
	if r, ok := s.SysUsage().(*syscall.Rusage); ok {
		return r.Maxrss << 10
	}
	return 0
}

// MemoryOf is what a process has at the moment, and has had at most of resident memory.
func MemoryOf(pid int) Memory {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	field := func(name string) int64 {
		_, rest, _ := bytes.Cut(b, []byte("\n"+name+":"))
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		kilobytes, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(string(line), "kB")), 10, 64)
		return kilobytes << 10
	}
	return Memory{Resident: field("VmHWM"), Own: field("RssAnon")}
}

// Workers returns the children of a process that run a program of their own. Before it calls exec, a
// child has the memory and the command line of its parent.
func Workers(pid int) (workers []int) {
	name := commandLine(pid)
	for _, child := range Children(pid) {
		if line := commandLine(child); line != "" && line != name {
			workers = append(workers, child)
		}
	}
	return workers
}

// commandLine returns the command line of a process, joined by spaces.
func commandLine(pid int) string {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(bytes.ReplaceAll(bytes.TrimSuffix(b, []byte{0}), []byte{0}, []byte{' '}))
}

// unnamed is the size of files in memory that a process has open.
func unnamed(pid int) (size int64) {
	links, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	seen := map[uint64]bool{} // a file may be open more than once
	for _, link := range links {
		var st syscall.Stat_t
		to, _ := os.Readlink(link)
		if !strings.HasPrefix(to, "/memfd:") || syscall.Stat(link, &st) != nil || seen[st.Ino] {
			continue
		}
		seen[st.Ino] = true
		size += st.Blocks * 512
	}
	return size
}
