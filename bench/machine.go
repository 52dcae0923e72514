package bench

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/limit"
)

// machine describes where the commands run. FreeMemory is known on Linux only.
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
		CPU:    limit.CPU(),
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

// loadAverage is how many threads wanted to run in the last minute; 0 if it is not known.
func loadAverage() float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), " ")
	load, _ := strconv.ParseFloat(first, 64)
	return load
}
