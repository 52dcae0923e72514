package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"testing"
)

// ofProcess are names that refer to the process or change it. Only the command line may use them; a
// library is passed what it needs.
var ofProcess = map[string][]string{
	"os": {
		"Stdin", "Stdout", "Stderr", "Exit",
		"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Setenv", "Unsetenv", "Clearenv",
	},
	"log":           {"Fatal", "Fatalf", "Fatalln"},
	"os/signal":     {"Ignore", "Ignored", "Notify", "NotifyContext", "Reset", "Stop"},
	"runtime":       {"GOMAXPROCS"},
	"runtime/debug": {"SetGCPercent", "SetMaxStack", "SetMaxThreads", "SetMemoryLimit"},
}

// mayNameProcess reports whether a file may use these names.
func mayNameProcess(f source) bool {
	switch {
	case f.dir == ".", below(f.dir, "internal/command"), below(f.dir, forTests...):
		return true
	case f.name == "worker/server.go": // the main function of a child
		return true
	case f.name == "worker/spawn.go": // needs a second processor of the runtime for a moment
		return true
	case below(f.dir, "bench"): // runs programs as the user would
		return true
	}
	return false
}

// processNames returns such names in a file that may not use them.
func processNames(f source) (names []string) {
	if mayNameProcess(f) {
		return nil
	}
	packages := map[string]string{} // by their name in this file
	for _, spec := range f.Imports {
		to, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil {
			packages[spec.Name.Name] = to
		} else {
			packages[path.Base(to)] = to
		}
	}
	harmless := map[ast.Node]bool{}
	ast.Inspect(f.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			// GOMAXPROCS(0) changes nothing.
			if len(n.Args) == 1 {
				arg, ok := n.Args[0].(*ast.BasicLit)
				harmless[n.Fun] = ok && arg.Value == "0"
			}
		case *ast.SelectorExpr:
			x, ok := n.X.(*ast.Ident)
			if !ok || x.Obj != nil { // of a variable, not of a package
				return true
			}
			to := packages[x.Name]
			if slices.Contains(ofProcess[to], n.Sel.Name) && !(to == "runtime" && harmless[n]) {
				names = append(names, path.Base(to)+"."+n.Sel.Name)
			}
		}
		return true
	})
	return names
}

// TestProcessNames shows what is found, and what is not.
func TestProcessNames(t *testing.T) {
	const text = `package x

import (
	sys "os"
	"os/signal"
	"runtime"
	"runtime/debug"
)

type streams struct{ Stdin int }

// os.Stdin in a comment
func f(log, os streams, n int) {
	_ = os.Stdin
	_ = "os.Exit(1)"
	sys.Exit(sys.Getpid())
	signal.Notify(nil)
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	go func() { debug.SetGCPercent(n); runtime.GOMAXPROCS(n) }()
	print := sys.Stderr.WriteString
}
`
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"os.Exit", "signal.Notify", "runtime.GOMAXPROCS", "debug.SetGCPercent",
		"runtime.GOMAXPROCS", "os.Stderr",
	}
	if got := processNames(source{"split/x.go", "split", f}); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, may := range []source{
		{"main.go", ".", f}, {"internal/command/x.go", "internal/command", f},
		{"worker/server.go", "worker", f},
	} {
		if got := processNames(may); got != nil {
			t.Errorf("%s may not have %q", may.name, got)
		}
	}
}
