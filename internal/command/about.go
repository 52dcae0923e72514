package command

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/cpu"
)

// about is what texts say about this program, for the screen that they are printed on.
func (p *program) about() args.About {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	a := aboutBuild(info)
	kernels := "portable Go"
	if features := cpu.Features(); len(features) > 0 {
		kernels = strings.Join(features, ", ")
	}
	a.Details = append(a.Details,
		fmt.Sprintf("go:        %s, %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
		"processor: "+kernels)
	a.Width = p.width()
	return a
}

// aboutBuild is what a build says about itself: its version, and the commit where it was
// built in a checkout.
func aboutBuild(info *debug.BuildInfo) args.About {
	a := args.About{Version: info.Main.Version}
	if a.Version == "" {
		a.Version = "(devel)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	a.Built, _ = time.Parse(time.RFC3339, settings["vcs.time"])
	if commit := settings["vcs.revision"]; commit != "" {
		line := "commit:    " + commit
		if !a.Built.IsZero() {
			line += a.Built.UTC().Format(", 2006-01-02")
		}
		if settings["vcs.modified"] == "true" {
			line += ", changed since"
		}
		a.Details = append(a.Details, line)
	}
	return a
}

// unknownWidth is how wide a screen is taken to be, in columns, that does not say.
const unknownWidth = 80

// width is that of the screen, in columns.
func (p *program) width() int {
	if n, err := strconv.Atoi(p.env("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if n, _, err := term.GetSize(int(p.Stdout.Fd())); err == nil && n > 0 {
		return n
	}
	return unknownWidth
}
