package bench

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// tool is a peer found on PATH.
type tool struct {
	Name    string `json:"name"`
	Path    string `json:"path"`
	Version string `json:"version,omitempty"`
}

// peers are the other tools, in the order of the report, with the options that make them print
// their version.
var peers = []struct{ name, version string }{
	{"wc", "--version"},
	{"grep", "--version"},
	{"rg", "--version"},
	{"ugrep", "--version"},
	{"mawk", "-Wversion"},
	{"parallel", "--version"},
	{"mlr", "--version"},
	{"duckdb", "--version"},
	{"zsv", "version"},
}

// findPeers looks for the peers on PATH.
func findPeers(ctx context.Context) (found []tool, missing []string) {
	found, missing = []tool{}, []string{}
	for _, p := range peers {
		path, err := exec.LookPath(p.name)
		if err != nil {
			missing = append(missing, p.name)
			continue
		}
		found = append(found, tool{
			Name: p.name, Path: path, Version: version(ctx, path, p.version),
		})
	}
	return found, missing
}

// version returns the first line that a tool prints about its version, or "" if it does not know
// the option.
func version(ctx context.Context, path, option string) string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, option)
	cmd.WaitDelay = time.Second
	var out headBuffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		return ""
	}
	line, _, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	return strings.TrimSpace(line)
}
