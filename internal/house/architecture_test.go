package house

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// page is docs/architecture.md, in the pieces that can be checked.
type page struct {
	lines    []string
	sections map[string][]string // lines by heading
	quoted   []mention           // text in backquotes, and words in drawings
}

// mention is a word of the page that may be a name.
type mention struct {
	text   string
	kernel string // the kernel in whose row it is, "" elsewhere
}

var (
	isQuoted = regexp.MustCompile("`([^` ]+)`")
	isRow    = regexp.MustCompile("^\\| `(worker/[\\w/]+)`")
	isFile   = regexp.MustCompile(`/|\.(go|s|md)$`)
	isName   = regexp.MustCompile(`^([A-Za-z]\w*)\.([A-Za-z]\w*)$`)
	isTest   = regexp.MustCompile(`^(Test|Fuzz)[A-Z]\w*$`)
	word     = regexp.MustCompile(`[\w./]*\w`)
)

func readPage(t *testing.T) *page {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	p := &page{lines: strings.Split(string(text), "\n"), sections: map[string][]string{}}
	section, drawing := "", false
	for _, line := range p.lines {
		if strings.HasPrefix(line, "```") {
			drawing = !drawing
		}
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			section = heading
		}
		p.sections[section] = append(p.sections[section], line)
		if drawing {
			for _, w := range word.FindAllString(line, -1) {
				p.quoted = append(p.quoted, mention{text: w})
			}
			continue
		}
		kernel := ""
		if m := isRow.FindStringSubmatch(line); m != nil && section == "The kernels" {
			kernel = m[1]
		}
		for _, m := range isQuoted.FindAllStringSubmatch(line, -1) {
			p.quoted = append(p.quoted, mention{m[1], kernel})
		}
	}
	return p
}

// declared returns the names that the module declares: those of a package under its name, fields
// and methods under the name of their type, and tests under "".
func declared(t *testing.T) map[string]map[string]bool {
	t.Helper()
	files, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]map[string]bool{}
	add := func(of, name string) {
		if names[of] == nil {
			names[of] = map[string]bool{}
		}
		names[of][name] = true
	}
	for _, f := range files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					add(receiver(d.Recv.List[0].Type), d.Name.Name)
				} else if add(path.Base(f.dir), d.Name.Name); isTest.MatchString(d.Name.Name) {
					add("", d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					addSpec(spec, path.Base(f.dir), add)
				}
			}
		}
	}
	return names
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr: // a generic type
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func addSpec(spec ast.Spec, dir string, add func(of, name string)) {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range s.Names {
			add(dir, name.Name)
		}
	case *ast.TypeSpec:
		add(dir, s.Name.Name)
		var fields *ast.FieldList
		switch of := s.Type.(type) {
		case *ast.StructType:
			fields = of.Fields
		case *ast.InterfaceType:
			fields = of.Methods
		default:
			return
		}
		for _, f := range fields.List {
			for _, name := range f.Names {
				add(s.Name.Name, name.Name)
			}
		}
	}
}

// TestArchitecture compares docs/architecture.md with the code: the files, packages, names and
// tests that it mentions, its table of kernels, and its import rules.
func TestArchitecture(t *testing.T) {
	p, names := readPage(t), declared(t)
	files := map[string]bool{}
	if err := walk(func(name string) error { files[path.Base(name)] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, m := range p.quoted {
		name := isName.FindStringSubmatch(m.text)
		switch {
		case isTest.MatchString(m.text):
			if !names[""][m.text] {
				t.Errorf("there is no test %s", m.text)
			}
		case isFile.MatchString(m.text):
			if !p.hasFile(m, files) {
				t.Errorf("there is no file %s (%s)", m.text, m.kernel)
			}
		case name != nil && !strings.HasSuffix(m.text, ".csv"):
			if !names[name[1]][name[2]] {
				t.Errorf("there is no name %s", m.text)
			}
		}
	}
	p.checkKernels(t)
	p.checkMap(t)
	p.checkRules(t)
	for i, line := range p.lines {
		if utf8.RuneCountInString(line) > 100 && !strings.HasPrefix(line, "|") {
			t.Errorf("line %d is longer than 100 characters", i+1)
		}
	}
}

// hasFile reports whether a file or folder exists: relative to the root, in the folder of the
// kernel or, if only its name is given, anywhere.
func (p *page) hasFile(m mention, files map[string]bool) bool {
	if m.kernel == "" && !strings.Contains(m.text, "/") {
		return files[m.text]
	}
	for _, dir := range []string{".", m.kernel} {
		if _, err := os.Stat(filepath.Join(root, dir, m.text)); err == nil {
			return true
		}
	}
	return false
}

// checkKernels checks that every package below worker has a row, except worker/wire.
func (p *page) checkKernels(t *testing.T) {
	var got, want []string
	for _, line := range p.sections["The kernels"] {
		if m := isRow.FindStringSubmatch(line); m != nil {
			got = append(got, m[1])
		}
	}
	for dir := range imports(t, programSource(t)) {
		if below(dir, "worker") && dir != "worker" && dir != "worker/wire" {
			want = append(want, dir)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the table of kernels has %q, want %q", got, want)
	}
}

// checkMap checks that the map contains every package, or a folder that it is in.
func (p *page) checkMap(t *testing.T) {
	folders := []string{"."}
	for _, line := range p.sections["The map"] {
		if strings.HasPrefix(line, "|") {
			cell, _, _ := strings.Cut(line[1:], "|")
			for _, m := range isQuoted.FindAllStringSubmatch(cell, -1) {
				folders = append(folders, m[1])
			}
		}
	}
	for dir := range imports(t, programSource(t)) {
		if !below(dir, folders...) {
			t.Errorf("the map lacks %s", dir)
		}
	}
}

// checkRules checks that the page lists the rules that TestRules knows.
func (p *page) checkRules(t *testing.T) {
	var got []string
	for _, line := range p.sections["Who may import whom"] {
		if item, ok := strings.CutPrefix(line, "- "); ok {
			got = append(got, item)
		} else if more, ok := strings.CutPrefix(line, "  "); ok && len(got) > 0 {
			got[len(got)-1] += " " + more
		}
	}
	var want []string
	for _, r := range rules {
		want = append(want, r.says)
	}
	want = append(want, bindingSays, processSays)
	if !slices.Equal(got, want) {
		t.Errorf("the import rules are\n%s\nwant\n%s", strings.Join(got, "\n"),
			strings.Join(want, "\n"))
	}
}
