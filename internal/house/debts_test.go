package house

import "testing"

// violation is something that breaks a rule.
type violation struct {
	where string // the package
	what  string // what it imports or names
}

// debts are violations that are still to be fixed, each with its reason.
var debts = map[violation]string{
	{"worker", "os.Environ"}: "that of a child is put together here",
}

// TestRules finds violations that are not debts, and debts that have been paid.
func TestRules(t *testing.T) {
	files := programSource(t)
	found := importViolations(imports(t, files))
	for _, f := range files {
		for _, what := range processNames(f) {
			found = append(found, violation{f.dir, what})
		}
	}
	paid := map[violation]bool{}
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
		t.Errorf("%s no longer has %s: remove it from debts", f.where, f.what)
	}
}
