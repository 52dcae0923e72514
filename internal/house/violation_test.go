package house

import "testing"

// violation is something that breaks a rule.
type violation struct {
	where string // the package
	what  string // what it imports or names
}

// TestRules finds violations.
func TestRules(t *testing.T) {
	files := programSource(t)
	found := importViolations(imports(t, files))
	for _, f := range files {
		for _, what := range processNames(f) {
			found = append(found, violation{f.dir, what})
		}
	}
	for _, f := range found {
		t.Errorf("%s may not have %s", f.where, f.what)
	}
}
