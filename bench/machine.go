package bench

import (
	"os"
	"runtime"
	"strconv"
	"strings"
)

// machine describes where the commands run. FreeMemory is known on Linux only, CPU there for some
// processors.
type machine struct {
	CPU        string `json:"cpu,omitempty"`
	Cores      int    `json:"cores"`
	Usable     int    `json:"usable_cores"`
	OS         string `json:"os"`
	Arch       string `json:"arch"`
	Go         string `json:"go"`
	FreeMemory int64  `json:"free_memory_bytes,omitempty"`
}

func thisMachine() machine {
	m := machine{
		Cores:  runtime.NumCPU(),
		Usable: runtime.GOMAXPROCS(0),
		OS:     runtime.GOOS,
		Arch:   runtime.GOARCH,
		Go:     runtime.Version(),
		CPU:    procField("/proc/cpuinfo", "model name"),
	}
	// Available memory is free memory plus what the page cache can give up.
	kib := strings.TrimSuffix(procField("/proc/meminfo", "MemAvailable"), " kB")
	if n, err := strconv.ParseInt(kib, 10, 64); err == nil {
		m.FreeMemory = n << 10
	}
	return m
}

// procField returns the value of the first line "key : value" in a file, or "" if there is none.
func procField(file, key string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		k, v, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(k) == key {
			return oneLine(v)
		}
	}
	return ""
}
