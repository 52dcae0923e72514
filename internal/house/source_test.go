package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/linefork/linefork"

// root is the top of the checkout.
var root = filepath.Join("..", "..")

// source is a Go file of the module.
type source struct {
	name string // with slashes, relative to root
	dir  string // likewise; "." for package main
	*ast.File
}

// parse parses all Go files of the module, for all platforms.
var parse = sync.OnceValues(func() (files []source, err error) {
	positions := token.NewFileSet()
	err = walk(func(name string) error {
		if path.Ext(name) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(positions, filepath.Join(root, name), nil, parser.ParseComments)
		files = append(files, source{name, path.Dir(name), f})
		return err
	})
	return files, err
})

// walk visits all files in the folders that the go command would look at.
func walk(visit func(name string) error) error {
	return fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return visit(name)
		case name != "." && strings.HasPrefix(d.Name(), "."), strings.HasPrefix(d.Name(), "_"),
			d.Name() == "testdata":
			return fs.SkipDir
		}
		return nil
	})
}

// programSource returns the files that are not tests.
func programSource(t *testing.T) []source {
	t.Helper()
	files, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(slices.Clone(files), func(f source) bool {
		return strings.HasSuffix(f.name, "_test.go")
	})
	if len(files) < 100 {
		t.Fatalf("only %d files found", len(files))
	}
	return files
}

// imports returns what each package imports: packages of the module by folder, such as worker/rows,
// others by import path.
func imports(t *testing.T, files []source) map[string][]string {
	t.Helper()
	sets := map[string]map[string]bool{}
	for _, f := range files {
		if sets[f.dir] == nil {
			sets[f.dir] = map[string]bool{}
		}
		for _, spec := range f.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			sets[f.dir][strings.TrimPrefix(to, module+"/")] = true
		}
	}
	out := map[string][]string{}
	for dir, set := range sets {
		out[dir] = slices.Sorted(maps.Keys(set))
	}
	return out
}

// below reports whether dir is one of the tops or below one.
func below(dir string, tops ...string) bool {
	return slices.ContainsFunc(tops, func(top string) bool {
		return dir == top || strings.HasPrefix(dir, top+"/")
	})
}
