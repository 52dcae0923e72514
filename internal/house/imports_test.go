package house

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

var (
	// kernels work on memory: they open no files and have no messages for users. worker/window,
	// which provides the memory, may open files. The only other package below worker is worker/wire.
	kernels = []string{
		"worker/charset", "worker/grep", "worker/multi", "worker/regex", "worker/rows",
		"worker/scan", "worker/span", "worker/tally", "worker/wc", "worker/window",
	}

	// forTests are packages for tests only.
	forTests = []string{
		"internal/cpu/cputest", "internal/e2e", "internal/house", "internal/peer", "testing",
	}
)

// rule says what packages must not import: those listed, and those below them.
type rule struct {
	says   string // the rule in words, as in docs/architecture.md
	who    []string
	but    []string // except these, and those below
	what   []string
	exact  []string // these, but not those below
	direct bool     // indirect imports do not matter
}

var rules = []rule{
	{
		says: "`split` reaches neither `worker` nor `merge`.",
		who:  []string{"split"}, what: []string{"worker", "merge"},
	},
	{
		says: "`worker` and what is below it reach neither `merge` nor `internal/command`.",
		who:  []string{"worker"}, what: []string{"merge", "internal/command"},
	},
	{
		says: "Kernels reach neither `worker` itself nor what words messages for users: " +
			"`internal/gnu`, `internal/command`.",
		who: kernels, what: []string{"internal/gnu", "internal/command"}, exact: []string{"worker"},
	},
	{
		says: "Kernels do not import `os`, except `worker/window`, which gives them their memory.",
		who:  kernels, but: []string{"worker/window"}, exact: []string{"os"}, direct: true,
	},
	{
		says: "`merge` and what is below it, except `merge/run`, import none of `worker/regex`, " +
			"`worker/wc`, `worker/multi` and `worker/scan`: `merge/run` hands them a func.",
		who: []string{"merge"}, but: []string{"merge/run"},
		what: []string{"worker/regex", "worker/wc", "worker/multi", "worker/scan"}, direct: true,
	},
	{
		says: "Only tests reach `internal/cpu/cputest`, `internal/e2e`, `internal/house` and " +
			"`internal/peer`.",
		who: []string{"bench", "internal", "merge", "split", "worker"}, but: forTests, what: forTests,
	},
}

// Rules besides those above, in words.
const (
	bindingSays = "Only `merge/run` imports all of `split`, `worker` and `merge`."
	processSays = "Only `main.go`, `internal/command`, `bench`, `worker/server.go` and " +
		"`worker/spawn.go` name the process's streams, environment, signals, processors and exit."
)

// importViolations returns the imports that break the rules.
func importViolations(imports map[string][]string) (found []violation) {
	for _, r := range rules {
		for dir := range imports {
			if !below(dir, r.who...) || below(dir, r.but...) {
				continue
			}
			list := imports[dir]
			if !r.direct {
				list = reached(imports, dir)
			}
			for _, to := range list {
				if below(to, r.what...) || slices.Contains(r.exact, to) {
					found = append(found, violation{dir, to})
				}
			}
		}
	}
	// Only the loop of a run connects the three layers.
	for dir, list := range imports {
		layers := []string{"split", "worker", "merge"}
		missing := func(layer string) bool { return !slices.Contains(list, layer) }
		all := !slices.ContainsFunc(layers, missing)
		if all && dir != "merge/run" {
			found = append(found, violation{dir, strings.Join(layers, ", ")})
		}
	}
	return found
}

// reached returns the direct and indirect imports of a package.
func reached(imports map[string][]string, dir string) []string {
	seen := map[string]bool{}
	var visit func(dir string)
	visit = func(dir string) {
		for _, to := range imports[dir] {
			if !seen[to] {
				seen[to] = true
				visit(to)
			}
		}
	}
	visit(dir)
	return slices.Sorted(maps.Keys(seen))
}

// TestKernels checks that every package below worker is a kernel, or worker/wire.
func TestKernels(t *testing.T) {
	for dir := range imports(t, programSource(t)) {
		if below(dir, "worker") && dir != "worker" && dir != "worker/wire" && !below(dir, kernels...) {
			t.Errorf("%s is not among the kernels", dir)
		}
	}
}

// TestImportViolations shows that each rule finds what breaks it.
func TestImportViolations(t *testing.T) {
	for _, test := range []struct {
		imports map[string][]string
		want    []violation
	}{
		{
			map[string][]string{"split": {"internal/x", "os"}, "internal/x": {"worker/span"}},
			[]violation{{"split", "worker/span"}},
		},
		{
			map[string][]string{"worker/wire": {"merge"}, "worker": {"worker/rows"}},
			[]violation{{"worker/wire", "merge"}},
		},
		{
			map[string][]string{"worker/rows": {"worker/x"}, "worker/x": {"worker"}},
			[]violation{{"worker/rows", "worker"}},
		},
		{
			map[string][]string{"worker/regex/dfa": {"internal/gnu"}},
			[]violation{{"worker/regex/dfa", "internal/gnu"}},
		},
		{
			map[string][]string{"worker/rows": {"os"}, "worker/window": {"os"}, "worker": {"os"}},
			[]violation{{"worker/rows", "os"}},
		},
		{
			map[string][]string{
				"merge/print": {"worker/scan", "worker/grep"}, "worker/grep": {"worker/regex"},
				"merge/run": {"worker/regex"},
			},
			[]violation{{"merge/print", "worker/scan"}},
		},
		{
			map[string][]string{
				"merge/run":  {"split", "worker", "merge"},
				"internal/x": {"split", "worker", "merge"},
			},
			[]violation{{"internal/x", "split, worker, merge"}},
		},
		{
			map[string][]string{
				"bench": {"internal/peer"}, "internal/peer": {"testing"},
				"internal/e2e/program": {"internal/peer"},
			},
			[]violation{{"bench", "internal/peer"}, {"bench", "testing"}},
		},
	} {
		got := importViolations(test.imports)
		slices.SortFunc(got, func(a, b violation) int {
			return strings.Compare(a.where+a.what, b.where+b.what)
		})
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.imports, got, test.want)
		}
	}
}
