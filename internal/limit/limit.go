// Package limit keeps how fast this machine can read, at most. 'linefork bench' measures it, and
// '--stats' says what share of it a run reached.
//
// # The file
//
// It is linefork/limit.json in the user's cache folder ([os.UserCacheDir]): one JSON object, such
// as
//
//	{
//	  "version": 1,
//	  "host": "db4",
//	  "os": "linux",
//	  "arch": "amd64",
//	  "cpu": "AMD EPYC 9354 32-Core Processor",
//	  "cores": 32,
//	  "measured": "2026-03-01T09:30:00Z",
//	  "limits": [
//	    {"processes": 1, "bytes_per_s": 1.1e10},
//	    {"processes": 2, "bytes_per_s": 2.0e10}
//	  ]
//	}
//
// where "limits" has one element for each number of processes that was measured, in rising order,
// and "bytes_per_s" is what they read together, of a file in the page cache, when all that they do
// with a byte is to compare it with a line feed.
//
// "version" is 1. A program that changes the meaning of a field raises it; fields that are only
// added leave it as it is. A file of another version, of another machine (host, os, arch, cpu or
// cores differ), or one that cannot be read, is as if there were none: it is measured again when
// bench runs next, and until then nothing is said about shares.
//
// The file is replaced as a whole, by a rename, so that a reader sees the old one or the new one.
package limit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

const version = 1

// Machine is what is known about a machine.
type Machine struct {
	Version  int       `json:"version"`
	Host     string    `json:"host"`
	OS       string    `json:"os"`
	Arch     string    `json:"arch"`
	CPU      string    `json:"cpu"` // model; empty if it is not known
	Cores    int       `json:"cores"`
	Measured time.Time `json:"measured"`
	Limits   []Limit   `json:"limits"`
}

// Limit is how much a number of processes can read together.
type Limit struct {
	Processes      int     `json:"processes"`
	BytesPerSecond float64 `json:"bytes_per_s"`
}

// here describes this machine, without what was measured.
func here() Machine {
	host, _ := os.Hostname()
	return Machine{
		Version: version, Host: host, OS: runtime.GOOS, Arch: runtime.GOARCH,
		CPU: CPU(), Cores: runtime.NumCPU(),
	}
}

// same reports whether m and o are one machine, and of one version.
func (m Machine) same(o Machine) bool {
	return m.Version == o.Version && m.Host == o.Host && m.OS == o.OS && m.Arch == o.Arch &&
		m.CPU == o.CPU && m.Cores == o.Cores
}

// path is where the file is.
func path() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "linefork", "limit.json"), err
}

// Load returns what was saved on this machine; false if nothing was, or it cannot be read.
func Load() (Machine, bool) {
	name, err := path()
	if err != nil {
		return Machine{}, false
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return Machine{}, false
	}
	var m Machine
	if json.Unmarshal(text, &m) != nil || !m.same(here()) {
		return Machine{}, false
	}
	m.Limits = slices.DeleteFunc(m.Limits, func(l Limit) bool {
		return l.Processes < 1 || !(l.BytesPerSecond > 0) || math.IsInf(l.BytesPerSecond, 0)
	})
	m.sort()
	return m, len(m.Limits) > 0
}

func (m *Machine) sort() {
	slices.SortFunc(m.Limits, func(a, b Limit) int { return cmp.Compare(a.Processes, b.Processes) })
}

// BytesPerSecond returns how much that many workers can read together. Between two numbers that
// were measured, it lies on the line between them; beyond the last one, it is that of the last one.
// It is false below the first one.
func (m Machine) BytesPerSecond(workers int) (float64, bool) {
	for i, l := range m.Limits {
		switch {
		case workers == l.Processes:
			return l.BytesPerSecond, true
		case workers > l.Processes:
			continue
		case i == 0:
			return 0, false
		}
		p := m.Limits[i-1]
		part := float64(workers-p.Processes) / float64(l.Processes-p.Processes)
		return p.BytesPerSecond + part*(l.BytesPerSecond-p.BytesPerSecond), true
	}
	if len(m.Limits) == 0 {
		return 0, false
	}
	return m.Limits[len(m.Limits)-1].BytesPerSecond, true
}

// Save replaces what is known about this machine with limits measured now.
func Save(limits []Limit) error {
	m := here()
	m.Measured, m.Limits = time.Now().UTC().Truncate(time.Second), slices.Clone(limits)
	m.sort()
	name, err := path()
	if err != nil {
		return fmt.Errorf("keep the limit of this machine: %w", err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = replace(name, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep the limit of this machine: %w", err)
	}
	return nil
}

// replace makes a file with this text appear under name.
func replace(name string, text []byte) (err error) {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".limit-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(text)
	if err = cmp.Or(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
