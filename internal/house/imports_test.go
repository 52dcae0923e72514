package house

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

var (
	// kernels work on memory: they open nothing, and have no words for users.
	// worker/window, which gives them the memory, may open files. Below worker there is
	// only worker/wire besides.
	kernels = []string{
		"worker/charset", "worker/grep", "worker/multi", "worker/regex", "worker/rows", "worker/scan",
		"worker/span", "worker/tally", "worker/wc", "worker/window",
	}

	// forTests are the packages that serve tests alone.
	forTests = []string{"internal/cpu/cputest", "internal/e2e", "internal/house", "internal/peer", "testing"}
)

// rule says what packages may not import: those given, and those below them.
type rule struct {
	says   string // it in words, as docs/architecture.md has it
	who    []string
	but    []string // not these of who, nor those below
	what   []string
	exact  []string // these, but not those below
	direct bool     // what they import by way of others does not matter
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

// The rules beside those, in words.
const (
	bindingSays = "Only `merge/run` imports all of `split`, `worker` and `merge`."
	processSays = "Only `main.go`, `internal/command`, `bench` and `worker/server.go` name the " +
		"process's streams, environment, signals and exit."
)

// importFaults returns what the packages import against the rules.
func importFaults(imports map[string][]string) (faults []fault) {
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
					faults = append(faults, fault{dir, to})
				}
			}
		}
	}
	// Only the loop of a run binds the three layers.
	for dir, list := range imports {
		layers := []string{"split", "worker", "merge"}
		all := !slices.ContainsFunc(layers, func(layer string) bool { return !slices.Contains(list, layer) })
		if all && dir != "merge/run" {
			faults = append(faults, fault{dir, strings.Join(layers, ", ")})
		}
	}
	return faults
}

// reached returns what a package imports, and what that imports, and so on.
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

// TestKernels demands every package below worker to be a kernel, or worker/wire.
func TestKernels(t *testing.T) {
	for dir := range imports(t, programSource(t)) {
		if below(dir, "worker") && dir != "worker" && dir != "worker/wire" && !below(dir, kernels...) {
			t.Errorf("%s is not among the kernels", dir)
		}
	}
}

// TestImportFaults shows that each rule finds what breaks it.
func TestImportFaults(t *testing.T) {
	for _, test := range []struct {
		imports map[string][]string
		want    []fault
	}{
		{map[string][]string{"split": {"internal/x", "os"}, "internal/x": {"worker/span"}}, []fault{{"split", "worker/span"}}},
		{map[string][]string{"worker/wire": {"merge"}, "worker": {"worker/rows"}}, []fault{{"worker/wire", "merge"}}},
		{map[string][]string{"worker/rows": {"worker/x"}, "worker/x": {"worker"}}, []fault{{"worker/rows", "worker"}}},
		{map[string][]string{"worker/regex/dfa": {"internal/gnu"}}, []fault{{"worker/regex/dfa", "internal/gnu"}}},
		{map[string][]string{"worker/rows": {"os"}, "worker/window": {"os"}, "worker": {"os"}}, []fault{{"worker/rows", "os"}}},
		{
			map[string][]string{
				"merge/print": {"worker/scan", "worker/grep"}, "worker/grep": {"worker/regex"}, "merge/run": {"worker/regex"},
			},
			[]fault{{"merge/print", "worker/scan"}},
		},
		{
			map[string][]string{"merge/run": {"split", "worker", "merge"}, "internal/x": {"split", "worker", "merge"}},
			[]fault{{"internal/x", "split, worker, merge"}},
		},
		{
			map[string][]string{"bench": {"internal/peer"}, "internal/peer": {"testing"}, "internal/e2e/program": {"internal/peer"}},
			[]fault{{"bench", "internal/peer"}, {"bench", "testing"}},
		},
	} {
		got := importFaults(test.imports)
		slices.SortFunc(got, func(a, b fault) int { return strings.Compare(a.where+a.what, b.where+b.what) })
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.imports, got, test.want)
		}
	}
}
