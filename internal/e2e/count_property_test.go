//go:build unix

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer"
)

// way draws options that say how the work is done. Without a mode, linefork chooses one by the
// input.
func way(t *rapid.T, mode string) (options []string) {
	if mode != "" {
		options = []string{
			"--mode=" + mode,
			"-j" + rapid.SampledFrom([]string{"1", "2", "3", "7", "16"}).Draw(t, "j"),
		}
	}
	// Without a size, some commands read small files as a whole.
	sizes := rapid.SampledFrom([]string{"1", "2", "3", "7", "64", "4096", "1M", ""})
	if size := sizes.Draw(t, "range"); size != "" {
		options = append(options, "--range-size="+size)
	}
	return options
}

var (
	modes  = []string{"serial", "threads", "processes"}
	orNone = append([]string{""}, modes...)
)

// text draws the content of a file: text of one kind, or a mixture.
func text(t *rapid.T) []byte {
	pieces := map[string][]string{
		"newlines": {"\n", "\n\n\n"},
		"crlf":     {"a\r\n", "b b\r\n", "\r\n", "\r", "\r\r\n"},
		"lines":    {"\n", "one\n", "two words\n", "\ttab\n", "x"},
		"nul":      {"\x00", "a\x00b\n", "\n", " \x00 "},
		"invalid":  {"\xff", "\xc3", "\xe4\xb8", "\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\n", " ", "a"},
		"unicode":  {"é", "中文", "\u00a0", "\u2003", "\u200b", "e\u0301", "😀", "\u2028", " ", "\n", "\t"},
		"controls": {"\v", "\f", "\b", "\x1b[0m", "\x7f", "\r", "\n", "w"},
		"long":     {strings.Repeat("x", 700), strings.Repeat("word ", 150), "\n"},
		"longer":   {strings.Repeat("y", 70_000), strings.Repeat("é", 3000), "\n", " "},
	}
	all := slices.Sorted(func(yield func(string) bool) {
		for kind := range pieces {
			if !yield(kind) {
				return
			}
		}
	})
	kinds := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 3, rapid.ID[string]).Draw(t, "kinds")
	var from []string
	for _, kind := range kinds {
		from = append(from, pieces[kind]...)
	}
	b := strings.Join(rapid.SliceOfN(rapid.SampledFrom(from), 0, 60).Draw(t, "pieces"), "")
	if len(b) < 1000 {
		b = strings.Repeat(b, rapid.SampledFrom([]int{1, 1, 1, 20}).Draw(t, "times"))
	}
	return []byte(b)
}

func TestCountIsWC(t *testing.T) {
	peer.WC.Need(t)
	cases(t, 40)
	dir, locales := t.TempDir(), peer.Locales()
	rapid.Check(t, func(t *rapid.T) {
		args := []string{}
		for i := range rapid.IntRange(1, 3).Draw(t, "files") {
			name := fmt.Sprintf("f%d", i)
			if err := os.WriteFile(filepath.Join(dir, name), text(t), 0o666); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
		options := rapid.SliceOfN(rapid.SampledFrom([]string{
			"-l", "-w", "-c", "-m", "-L", "-lw", "-lwc", "-lwmcL",
		}), 1, 2).Draw(t, "options")
		locale := rapid.SampledFrom(locales).Draw(t, "locale")
		input := rapid.SampledFrom([]string{"name", "name", "file", "pipe"}).Draw(t, "input")
		if input != "name" {
			args = []string{}
		}
		run := func(name string, args ...string) result {
			p := program{dir: dir, env: []string{"LC_ALL=" + locale}}
			switch input {
			case "file":
				return p.run(t, "sh",
					append([]string{"-c", `exec "$@" <f0`, "sh", name}, args...)...)
			case "pipe":
				return p.run(t, "sh",
					append([]string{"-c", `cat f0 | "$@"`, "sh", name}, args...)...)
			}
			return p.run(t, name, args...)
		}
		want := run("wc", slices.Concat(options, args)...)
		for _, mode := range orNone {
			all := slices.Concat([]string{"count"}, way(t, mode), options, args)
			if got := run("linefork", all...); got != want {
				t.Fatalf("%s\n%q\ngave %+v\nwc   %+v", input, all, got, want)
			}
		}
	})
}
