//go:build unix

package grep

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// buffer is the size of the pieces in which GNU grep reads a file and decides whether it is binary.
const buffer = 96 << 10

// texts are the input files. A name that ends with a slash is an empty folder.
var texts = map[string]string{
	// t is for patterns.
	"t": `
a
aa
aaa
aaaa
b
ab
aab
abb
abab
ababab
abcabc
aba
xyz
a.b
a*b
*a
**
a+b
+a
a?b
?
a|b
|
(a)
()
a(b)c
a{1}
a{1
a{,2}
{1}
{
}
a\b
\
[a]
[]
]
a]
-
a-b
^a
^
a^b
a$
$
a$b
/
a/b
hello world
Hello HELLO
 lead and trail 
tab	here
foo bar foo
foo_bar foo-bar foofoo foo
foo,bar;foo
x1y22z333
1 22 333
_x_
a b c
word
words word sword
the the end
noon level
aXbXXc
.
..
,
'"` + "`" + `
~!@#%&=:;<>
abcdefghijklmnopqrstuvwxyz
ABCDEFGHIJKLMNOPQRSTUVWXYZ
`,
	// u is like t, for UTF-8.
	"u": `é É è e ê
ß ẞ SS ss
K k K Å å Å
ſ s S
İ I i ı
ǆ ǅ Ǆ
Σ σ ς
µ μ Μ
中文 字
😀 smile
é combining
nbsp space
wide　space
naïve café
日本語テキスト
ÀÉÎÕÜ
Ω Ω ω
ё Ё Ж ж
x` + "\u2028" + `y
`,
	// n has 40 lines, for context.
	"n": lines(1, 40, "line %d\n"),

	"f1": "apple\nbanana\ncherry\napple pie\n",
	"f2": "banana\napple\n",
	"f3": "cherry\n",

	"empty":    "",
	"newline":  "\n",
	"newlines": "\n\n\n",
	"nonl":     "a\nb\nab",
	"crlf":     "a\r\nb\r\nab\r\n\r\n",
	"cr":       "a\rb\nc\r",
	"z":        "a\nb\x00c\nab\x00\x00d\na\x00last a",
	"ztext":    "one\x00two\x00three\x00",
	"spaces":   "a \n a\n\ta\n",

	// None starts with a byte order mark of UTF-16, which linefork would recognize.
	"nul":      "a\x00b\nc a\nd\n",
	"nulate":   "a\nb a\nc\x00d\ne a\n",
	"nulonly":  "\x00",
	"x80":      "a\x80b\nc a\n",
	"invfirst": "a\xff\nb a\nc\n",
	"invlater": "a 1\nb\nc \xe4\xb8 a\na 2\n",
	"invlast":  "a 1\na 2\nx\xff\n",
	"invmany":  "\xff\xfd\nab\xc3\n\xed\xa0\x80 a\n\xf4\x90\x80\x80\n\xc0\x80 a\n",

	"pats":      "apple\nche\n",
	"patsnonl":  "apple\nche",
	"patsempty": "apple\n\n",
	"patscrlf":  "apple\r\n",
	"patsbad":   "a\\(\n",
	"patsnul":   "a\x00\n",
	"globs":     "*.c\n\nsub\n",

	"-dash":               "a dash\n",
	"with space":          "a space\n",
	"new\nline":           "a newline\n",
	"co:lon":              "a colon\n",
	"d/x":                 "a in d\n",
	"tree/a.c":            "int a;\nint b;\n",
	"tree/b.h":            "int h;\nchar a;\n",
	"tree/c.txt":          "text a\n",
	"tree/.hid":           "hidden a\n",
	"tree/bin.o":          "a\x00b\n",
	"tree/none":           "",
	"tree/sub/a.c":        "sub int a\nz\n",
	"tree/sub/e.py":       "def a\n",
	"tree/sub/sub/deep.c": "deep a\n",
	"tree/.git/conf":      "git a\n",
	"tree/vendor/v.c":     "vendor a\n",
	"tree/void/":          "",
	"chain/one/two/three": "a\nb\nc\na\n", // in the same order everywhere
	"chains/one/a":        "a 1\nx\na 2\n",

	// Files with big in their names have some hundred kilobytes.
	"big":         lines(1, 20_000, "line %d of many\n"),
	"bignonl":     strings.TrimSuffix(lines(1, 10_000, "row %d\n"), "\n"),
	"bigcrlf":     lines(1, 10_000, "row %d\r\n"),
	"bigline":     strings.Repeat("long ", 60_000) + "needle" + strings.Repeat(" line", 60_000) + "\nshort needle\n",
	"bigz":        lines(1, 10_000, "rec %d\nmore\x00"),
	"biginv":      lines(1, 15_000, "line %d\n") + "bad \xff 15001\n" + lines(15_002, 20_000, "line %d\n"),
	"biginvearly": lines(1, 10, "line %d\n") + "bad \xff 11\n" + lines(12, 20_000, "line %d\n"),
	"bignul":      at(lines(1, 20_000, "line %d\n"), 200_000, "\x00"),
	"bignuls":     at(at(lines(1, 20_000, "line %d\n"), buffer-1, "\x00"), 2*buffer, "\x00"),
	"bignul32":    at(lines(1, 20_000, "line %d\n"), 32<<10, "\x00"),
	"bignul96a":   at(lines(1, 20_000, "line %d\n"), buffer-1, "\x00"),
	"bignul96b":   at(lines(1, 20_000, "line %d\n"), buffer, "\x00"),
	"bignul96c":   at(lines(1, 20_000, "line %d\n"), buffer+1, "\x00"),
	"bignul192a":  at(lines(1, 30_000, "line %d\n"), 2*buffer-1, "\x00"),
	"bignul192b":  at(lines(1, 30_000, "line %d\n"), 2*buffer, "\x00"),
	"bignulend":   lines(1, 20_000, "line %d\n") + "\x00",
	"bignulline":  at(strings.Repeat("x", 250_000)+"\nline 2\n", 180_000, "\x00"),
}

// lines returns numbered lines.
func lines(from, to int, format string) string {
	var b bytes.Buffer
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// at overwrites text with what.
func at(text string, offset int, what string) string {
	return text[:offset] + what + text[offset+len(what):]
}

// links are the symbolic links, and where they lead.
var links = map[string]string{
	"link":          "f1",
	"linkdir":       "tree/sub",
	"dangling":      "nosuch",
	"loop":          "loop",
	"tree/tolink":   "c.txt",
	"tree/todir":    "sub",
	"chains/tofile": "one/a",
}

// writeInputs makes the folder in which the cases run.
func writeInputs(t testing.TB) (dir string) {
	t.Helper()
	dir = t.TempDir()
	ok := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			ok(os.MkdirAll(path, 0o777))
			continue
		}
		ok(os.MkdirAll(filepath.Dir(path), 0o777))
		ok(os.WriteFile(path, []byte(text), 0o666))
	}
	for name, says := range links {
		ok(os.Symlink(says, filepath.Join(dir, name)))
	}
	ok(syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o666))
	ok(os.Mkdir(filepath.Join(dir, "fifos"), 0o777))
	ok(syscall.Mkfifo(filepath.Join(dir, "fifos", "fifo"), 0o666))
	return dir
}
