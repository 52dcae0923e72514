package cgroup

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// version is what differs between the versions: see the kernel's
// admin-guide/cgroup-v1/memory.rst and admin-guide/cgroup-v2.rst.
type version struct {
	fileSystem    string
	limit, events string // files of a group
}

var (
	v1 = version{"cgroup", "memory.limit_in_bytes", "memory.oom_control"}
	v2 = version{"cgroup2", "memory.max", "memory.events"}
)

// noLimit is above any limit that means something: version 1 writes a number where there is none.
const noLimit = 1 << 60

// find is Find, where the root of the file system is.
func find(root string) *Memory {
	text, err := os.ReadFile(filepath.Join(root, "/proc/self/cgroup"))
	if err != nil {
		return nil
	}
	group, v, ok := parseGroup(string(text))
	if !ok {
		return nil
	}
	text, err = os.ReadFile(filepath.Join(root, "/proc/self/mountinfo"))
	if err != nil {
		return nil
	}
	top, from, ok := parseMount(string(text), v)
	if !ok {
		return nil
	}
	// In a container the mount may show the group and what is below it only.
	below, ok := strings.CutPrefix(group, strings.TrimSuffix(from, "/"))
	if !ok {
		below = ""
	}
	m := &Memory{Limit: noLimit}
	for dir := filepath.Join("/", below); ; dir = filepath.Dir(dir) {
		path := filepath.Join(root, top, dir)
		if n, ok := readLimit(filepath.Join(path, v.limit)); ok {
			m.Limit = min(m.Limit, n)
		}
		m.events = append(m.events, filepath.Join(path, v.events))
		if dir == "/" {
			break
		}
	}
	if m.Limit >= noLimit {
		return nil
	}
	return m
}

// parseGroup returns the path of the group that has the memory controller, in /proc/self/cgroup:
// lines of a number, controllers and a path.
func parseGroup(text string) (path string, v version, ok bool) {
	for line := range strings.Lines(text) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		switch {
		case len(fields) < 3:
		case slices.Contains(strings.Split(fields[1], ","), "memory"):
			return fields[2], v1, true
		case fields[0] == "0" && fields[1] == "":
			path, v, ok = fields[2], v2, true // unless version 1 has the controller
		}
	}
	return path, v, ok
}

// parseMount returns where /proc/self/mountinfo says that groups are mounted, and which group that
// is: the fifth and the fourth field of a line whose fields behind " - " are the type of file system,
// a name, and its options.
func parseMount(text string, v version) (top, group string, ok bool) {
	for line := range strings.Lines(text) {
		mount, source, found := strings.Cut(line, " - ")
		m, s := strings.Fields(mount), strings.Fields(source)
		if !found || len(m) < 5 || len(s) < 3 || s[0] != v.fileSystem {
			continue
		}
		if v == v2 || slices.Contains(strings.Split(s[2], ","), "memory") {
			return m[4], m[3], true
		}
	}
	return "", "", false
}

func readLimit(path string) (int64, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64) // or it is "max"
	return n, err == nil && n > 0
}

// Kills is how many processes of the group, and of those that it is in, were killed for lack of
// memory. A kill may count more than once.
func (m *Memory) Kills() (n int64) {
	for _, path := range m.events {
		text, _ := os.ReadFile(path)
		for line := range strings.Lines(string(text)) {
			if value, ok := strings.CutPrefix(line, "oom_kill "); ok {
				k, _ := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
				n += k
			}
		}
	}
	return n
}
