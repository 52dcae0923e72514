package house

import "testing"

// fault is something that breaks a rule.
type fault struct {
	where string // the package
	what  string // what it imports or names
}

// debts holds the faults that are still to be put right, with the reason why
// they are there.
var debts = map[fault]string{
	{"worker", "os.Environ"}: "that of a child is put together here",
}

// TestRules finds the faults that are not debts, and the debts that are paid.
func TestRules(t *testing.T) {
	files := programSource(t)
	found := importFaults(imports(t, files))
	for _, f := range files {
		for _, what := range processNames(f) {
			found = append(found, fault{f.dir, what})
		}
	}
	paid := map[fault]bool{}
	for f := range debts {
		paid[f] = true
	}
	for _, f := range found {
		if _, ok := debts[f]; !ok {
			t.Errorf("%s may not have %s", f.where, f.what)
		}
		delete(paid, f)
	}
	for f := range paid {
		t.Errorf("%s has no %s any more: strike it off the debts", f.where, f.what)
	}
}
