package walk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/linefork/linefork/internal/folder"
)

// plant makes files, or directories if a name ends with a slash.
func plant(t testing.TB, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if name[len(name)-1] == '/' {
			continue
		}
		if err := os.WriteFile(name, []byte("line\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// byName returns operands that are named by their paths, except "-", which is standard input, as is
// the only operand if there are none.
func byName(names []string, o Options) []Operand {
	if len(names) == 0 && o.Directories != Recurse {
		names = []string{"-"}
	}
	operands := Paths(names...)
	for i := range operands {
		if operands[i].Name == "-" {
			operands[i].Shared = os.Stdin
		}
	}
	return operands
}

// names returns what a walk yields, in order.
func names(operands []string, o Options) (out []string) {
	for file, err := range Files(byName(operands, o), o) {
		var path *fs.PathError
		switch {
		case errors.As(err, &path):
			out = append(out, "error "+path.Path)
		case err != nil:
			out = append(out, "error "+err.Error())
		default:
			out = append(out, file.Name)
		}
	}
	return out
}

func TestNames(t *testing.T) {
	plant(t, "d/b", "d/a/z", "d/a.c", "d/.h", "d/A", "d/é", "e/", "f")
	below := []string{".h", "A", "a/z", "a.c", "b", "é"}
	prefixed := func(prefix string) (out []string) {
		for _, name := range below {
			out = append(out, prefix+name)
		}
		return out
	}
	recurse := Options{Directories: Recurse}
	for _, test := range []struct {
		operands []string
		o        Options
		want     []string
	}{
		{nil, Options{}, []string{"-"}},
		{nil, Options{Directories: Skip}, []string{"-"}},
		{nil, recurse, append(prefixed("d/"), "f")},
		{[]string{"."}, recurse, append(prefixed("./d/"), "./f")},
		{[]string{"./"}, recurse, append(prefixed("./d/"), "./f")},
		{[]string{"d"}, recurse, prefixed("d/")},
		{[]string{"d/"}, recurse, prefixed("d/")},
		{[]string{"d///"}, recurse, prefixed("d/")},
		{[]string{".//d"}, recurse, prefixed(".//d/")},
		{[]string{"d/a", "f", "-", "d/a"}, recurse, []string{"d/a/z", "f", "-", "d/a/z"}},
		{[]string{"f", "none", "d", "f"}, Options{}, []string{"f", "error none", "error d", "f"}},
		{[]string{"f", "d"}, Options{Directories: Skip}, []string{"f"}},
		{[]string{"e", "none"}, recurse, []string{"error none"}},
	} {
		if got := names(test.operands, test.o); !slices.Equal(got, test.want) {
			t.Errorf("%q with %+v: %q, want %q", test.operands, test.o, got, test.want)
		}
	}
}

// TestPaths opens files whose names could be mistaken for something else.
func TestPaths(t *testing.T) {
	plant(t, "-", "d/-")
	for _, test := range []struct {
		operands []string
		want     []File
	}{
		{nil, []File{
			{Name: "-", Place: folder.Below(".", "./-")},
			{Name: "d/-", Place: folder.Below(".", "./d/-")},
		}},
		{[]string{"."}, []File{
			{Name: "./-", Place: folder.Below(".", "./-")},
			{Name: "./d/-", Place: folder.Below(".", "./d/-")},
		}},
		{[]string{"d//", "-"}, []File{
			{Name: "d/-", Place: folder.Below("d/", "d/-")},
			{Name: "-", Place: folder.Named("-"), Shared: os.Stdin, Operand: true},
		}},
		{[]string{"d//-"}, []File{{Name: "d//-", Place: folder.Named("d//-"), Operand: true}}},
	} {
		var got []File
		o := Options{Directories: Recurse}
		for file, err := range Files(byName(test.operands, o), o) {
			if err != nil {
				t.Error(err)
			}
			if file.Input != nil {
				file.Input.Close()
			}
			file.Input, file.operand = nil, nil
			got = append(got, file)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %+v, want %+v", test.operands, got, test.want)
		}
	}
}

// TestClasses tries characters inside and outside of each class.
func TestClasses(t *testing.T) {
	for _, test := range []struct{ class, in, out string }{
		{"alnum", "aZ0éа٣Ⅷ", "_-€ ½"},
		{"alpha", "aZéа٣Ⅷ", "09_ "},
		{"blank", " \t\u2003", "\n\u00a0\u202f\u2028"},
		{"cntrl", "\x01\x7f\u0085\u2028", " \u00ad"},
		{"digit", "09", "a٣½/:"},
		{"graph", "!~é\u00a0\u00ad", " \t\u2003\u0085"},
		{"lower", "azéªⅷ", "AÉ1"},
		{"print", " !~é", "\t\u0085\u2028"},
		{"punct", "!~_€\u00a0\u0300", "a0 é\u2003"},
		{"space", " \t\n\v\f\r\u2003\u2028", "a\u0085\u00a0"},
		{"upper", "AZÉǅⅧ", "aé0"},
		{"xdigit", "09afAF", "gG@`/:٣"},
	} {
		in := compileGlob("[[:"+test.class+":]]", true)
		ascii := compileGlob("[[:"+test.class+":]]", false)
		for _, r := range test.in {
			if !in.match(string(r)) || ascii.match(string(r)) != (r < 0x80) {
				t.Errorf("%q is not %s", r, test.class)
			}
		}
		for _, r := range test.out {
			if in.match(string(r)) || ascii.match(string(r)) {
				t.Errorf("%q is %s", r, test.class)
			}
		}
	}
}

func TestRules(t *testing.T) {
	plant(t, "d/x.c", "d/x.h", "d/y.c", "d/s/x.c")
	for _, test := range []struct {
		rules []Rule
		want  []string
	}{
		{nil, []string{"d/s/x.c", "d/x.c", "d/x.h", "d/y.c"}},
		{[]Rule{{Include, "*.h"}}, []string{"d/x.h"}},
		{[]Rule{{Exclude, "*.h"}}, []string{"d/s/x.c", "d/x.c", "d/y.c"}},
		{[]Rule{{Include, "*.c"}, {Exclude, "x*"}}, []string{"d/y.c"}},
		{[]Rule{{Exclude, "x*"}, {Include, "*.c"}}, []string{"d/s/x.c", "d/x.c", "d/y.c"}},
		{[]Rule{{ExcludeDir, "s//"}}, []string{"d/x.c", "d/x.h", "d/y.c"}},
		{[]Rule{{ExcludeDir, "d"}}, nil},
		{[]Rule{{ExcludeDir, "x.c"}, {Exclude, "s"}}, []string{"d/s/x.c", "d/x.c", "d/x.h", "d/y.c"}},
		{[]Rule{{Include, "*.c"}, {Exclude, "x*"}, {Include, "x.h"}}, []string{"d/x.h", "d/y.c"}},
		{[]Rule{{Exclude, `\x.h`}}, []string{"d/s/x.c", "d/x.c", "d/y.c"}},
		{[]Rule{{Exclude, `\*.h`}}, []string{"d/s/x.c", "d/x.c", "d/x.h", "d/y.c"}},
	} {
		o := Options{Directories: Recurse, Rules: test.rules}
		if got := names([]string{"d"}, o); !slices.Equal(got, test.want) {
			t.Errorf("%v: %q, want %q", test.rules, got, test.want)
		}
	}
}

func TestParseExcludeFrom(t *testing.T) {
	got := ParseExcludeFrom([]byte("a.c \t\n\n  \n #b\n--\r\nx\x00y\n\x00z\nlast"))
	want := []Rule{
		{Exclude, "a.c"}, {Exclude, " #b"}, {Exclude, "--"}, {Exclude, "x"}, {Exclude, ""},
		{Exclude, "last"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTrimSlashes(t *testing.T) {
	for name, want := range map[string]string{
		"/": "/", "//": "//", "///": "/", "./": "./",
		"a": "a", "a/": "a/", "a//": "a/", "//a///": "//a/",
	} {
		if got := trimSlashes(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestStop stops the walk at each file.
func TestStop(t *testing.T) {
	plant(t, "a", "b/c", "b/d/e", "f")
	all := names(nil, Options{Directories: Recurse})
	for n := range all {
		var got []string
		for file := range Files(nil, Options{Directories: Recurse}) {
			if got = append(got, file.Name); len(got) == n+1 {
				break
			}
		}
		if !slices.Equal(got, all[:n+1]) {
			t.Errorf("%q, want %q", got, all[:n+1])
		}
	}
}

// TestVanished removes a directory before the walk gets there.
func TestVanished(t *testing.T) {
	plant(t, "a", "b/c", "d")
	var got []string
	for file, err := range Files(Paths("."), Options{Directories: Recurse}) {
		if file.Name == "./a" {
			if err := os.RemoveAll("b"); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			var path *fs.PathError
			if !errors.As(err, &path) || !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("error %v", err)
				continue
			}
			file.Name = "error " + path.Path
		}
		got = append(got, file.Name)
	}
	if want := []string{"./a", "error ./b", "./d"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("everything can be read here")
	}
	plant(t, "a/b", "c")
	if err := os.Chmod("a", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("a", 0o777)
	for _, o := range []Options{{Directories: Recurse}, {Directories: Recurse, FollowLinks: true}} {
		want := []string{"error ./a", "./c"}
		if got := names([]string{"."}, o); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		// grep opens an operand before it leaves it out.
		o.Rules = []Rule{{ExcludeDir, "a"}}
		if got, want := names([]string{"a"}, o), []string{"error a"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestLoop(t *testing.T) {
	plant(t, "a/b/c", "a/f")
	if err := os.Symlink("..", filepath.Join("a", "b", "up")); err != nil {
		t.Skip("no symbolic links:", err)
	}
	got := names([]string{"a"}, Options{Directories: Recurse, FollowLinks: true})
	want := []string{"a/b/c", "error a/b/up: warning: recursive directory loop", "a/f"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = names([]string{"a/b/up"}, Options{Directories: Recurse})
	if want := []string{"a/b/up/b/c", "a/b/up/f"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// BenchmarkFiles walks 100 directories of 1000 files.
func BenchmarkFiles(b *testing.B) {
	b.Chdir(b.TempDir())
	for d := range 100 {
		dir := fmt.Sprintf("directory%d", d)
		if err := os.Mkdir(dir, 0o777); err != nil {
			b.Fatal(err)
		}
		for f := range 1000 {
			if err := os.WriteFile(fmt.Sprintf("%s/file%d.c", dir, f), nil, 0o666); err != nil {
				b.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		name string
		o    Options
	}{
		{"plain", Options{}},
		{"links", Options{FollowLinks: true}},
		{"rules", Options{UTF8: true, Rules: []Rule{{Include, "*.c"}, {Exclude, "*[!0-9]9.c"}}}},
	} {
		test.o.Directories = Recurse
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				for _, err := range Files(nil, test.o) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e5, "ns/file")
		})
	}
}
