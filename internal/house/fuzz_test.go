package house

import (
	"go/ast"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFuzz checks that .ci/fuzz finds all fuzz targets.
func TestFuzz(t *testing.T) {
	files, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && isFuzz(d) {
				want = append(want, "./"+f.dir+" "+d.Name.Name)
			}
		}
	}
	slices.Sort(want)
	if len(want) == 0 {
		t.Fatal("no fuzz target was found")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash to run .ci/fuzz with")
	}
	cmd := exec.Command(bash, filepath.Join(root, ".ci", "fuzz"), "list")
	cmd.Env = append(cmd.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	wantFields := strings.Fields(strings.Join(want, " "))
	if got := strings.Fields(string(out)); !slices.Equal(got, wantFields) {
		t.Errorf(".ci/fuzz finds\n%sbut there are\n%s", out, strings.Join(want, "\n"))
	}
}

// isFuzz reports whether the function is one that the go command fuzzes.
func isFuzz(d *ast.FuncDecl) bool {
	if d.Recv != nil || !strings.HasPrefix(d.Name.Name, "Fuzz") || len(d.Type.Params.List) != 1 {
		return false
	}
	star, ok := d.Type.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	of, ok := star.X.(*ast.SelectorExpr)
	return ok && of.Sel.Name == "F"
}
