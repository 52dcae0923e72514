package house

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// isGenerated matches the line that marks generated files for the go command.
var isGenerated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// isTable matches names of files that must be generated, isFileName the file names in a command.
var (
	isTable    = regexp.MustCompile(`\.s$|_table\.go$|^internal/glibc/table\.go$`)
	isFileName = regexp.MustCompile(`[\w.]+`)
)

// TestGenerated checks that assembly and tables say what generated them, and that each generated
// file is written by a go:generate line of its package, which .ci/run runs.
func TestGenerated(t *testing.T) {
	files, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	generators := map[string]string{} // the go:generate lines of each package
	for _, f := range files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if line, ok := strings.CutPrefix(c.Text, "//go:generate "); ok {
					generators[f.dir] += line + "\n"
				}
			}
		}
	}
	unused := map[string]bool{}
	for dir := range generators {
		unused[dir] = true
	}
	err = walk(func(name string) error {
		if ext := path.Ext(name); ext != ".go" && ext != ".s" {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		written := isFileName.FindAllString(generators[path.Dir(name)], -1)
		switch generated := isGenerated.Match(text); {
		case !generated && isTable.MatchString(name):
			t.Errorf("%s does not say that it is generated", name)
		case generated && !slices.Contains(written, path.Base(name)):
			t.Errorf("no go:generate line of its package writes %s", name)
		case generated:
			delete(unused, path.Dir(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range unused {
		t.Errorf("%s has a go:generate line, but no generated file", dir)
	}
}
