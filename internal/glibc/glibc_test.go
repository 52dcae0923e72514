package glibc

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var names = []string{
	"alnum", "alpha", "blank", "cntrl", "digit", "graph",
	"lower", "print", "punct", "space", "upper", "xdigit",
}

func TestClassesAreInOrder(t *testing.T) {
	classes := map[string]Class{"zero width": ZeroWidth, "double width": DoubleWidth}
	for _, name := range names {
		classes[name], _ = Named(name)
	}
	for name, c := range classes {
		if len(c) == 0 {
			t.Errorf("%s is empty", name)
		}
		for i, r := range c {
			if r.Lo > r.Hi || i > 0 && r.Lo <= c[i-1].Hi+1 {
				t.Errorf("%s: U+%04X to U+%04X is out of order", name, r.Lo, r.Hi)
			}
		}
	}
}

// TestASCII holds for every C library, and shows that each name has its class.
func TestASCII(t *testing.T) {
	const (
		digits = "0123456789"
		lower  = "abcdefghijklmnopqrstuvwxyz"
		upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		punct  = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	)
	var control string
	for b := range ' ' {
		control += string(b)
	}
	for name, want := range map[string]string{
		"alnum":  digits + lower + upper,
		"alpha":  lower + upper,
		"blank":  " \t",
		"cntrl":  control + "\x7f",
		"digit":  digits,
		"graph":  digits + lower + upper + punct,
		"lower":  lower,
		"print":  digits + lower + upper + punct + " ",
		"punct":  punct,
		"space":  " \t\n\v\f\r",
		"upper":  upper,
		"xdigit": digits + "abcdefABCDEF",
	} {
		c, ok := Named(name)
		for r := range rune(0x80) {
			if !ok || c.Has(r) != strings.ContainsRune(want, r) {
				t.Errorf("%s has U+%04X: %t, %t", name, r, c.Has(r), ok)
			}
		}
	}
	if _, ok := Named("word"); ok {
		t.Error("there is a class named word")
	}
}

// TestCase compares ToUpper with the pairs of Uppers, and both functions with known letters.
func TestCase(t *testing.T) {
	moves := map[rune]rune{}
	last := rune(-1)
	for r, upper := range Uppers() {
		if r <= last || upper == r {
			t.Errorf("U+%04X to U+%04X is out of order", r, upper)
		}
		last, moves[r] = r, upper
	}
	for r := range rune(utf8.MaxRune + 1) {
		want, ok := moves[r]
		if !ok {
			want = r
		}
		if got := ToUpper(r); got != want {
			t.Errorf("the upper case of U+%04X is U+%04X, want U+%04X", r, got, want)
		}
	}
	for _, x := range []struct{ lower, upper rune }{
		{'a', 'A'}, {'z', 'Z'}, {'é', 'É'}, {'ÿ', 'Ÿ'}, {'ж', 'Ж'}, {'ǆ', 'Ǆ'}, {'𐐨', '𐐀'},
	} {
		if ToUpper(x.lower) != x.upper || ToLower(x.upper) != x.lower {
			t.Errorf("%c and %c are not a pair", x.lower, x.upper)
		}
	}
	for _, r := range "@[`{1é漢" {
		if ToLower(r) != r {
			t.Errorf("%c has a lower case", r)
		}
	}
}

// TestTable compares with the C library, if it is the one of the table.
func TestTable(t *testing.T) {
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("no C compiler")
	}
	program := filepath.Join(t.TempDir(), "table")
	build := exec.Command(cc, "-o", program, filepath.Join("_generate", "table.c"))
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("no glibc: %v\n%s", err, out)
	}
	run := exec.Command(program)
	run.Env = []string{"LC_ALL=C.UTF-8"}
	got, err := run.Output()
	if err != nil {
		t.Skip("no locale C.UTF-8:", err)
	}
	want, err := os.ReadFile("table.go")
	if err != nil {
		t.Fatal(err)
	}
	gotHeader, gotTable, _ := bytes.Cut(got, []byte("package glibc\n"))
	wantHeader, wantTable, _ := bytes.Cut(want, []byte("package glibc\n"))
	if !bytes.Equal(gotHeader, wantHeader) {
		t.Skipf("another C library:\n%s", gotHeader)
	}
	if !bytes.Equal(gotTable, wantTable) {
		t.Error("table.go is out of date; run go generate")
	}
}
