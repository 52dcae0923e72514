//go:build unix

package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawTree fills a folder with CSV files that have one of these headers, mostly the first.
func drawTree(t *rapid.T, dir string, headers ...string) {
	row := rapid.SampledFrom([]string{
		"1,a\n", "1,b\r\n", "2,c\n", "\n", "\"1\",d\n", "x,\"1\"\n", "\"2\",\"1,\n1,\n\"\n",
	})
	name := rapid.SampledFrom([]string{
		"a", "b", ".c", "d.csv", "-", "e f", "sub", "sub/a", "sub/b", "sub-",
		"sub/sub/a", "z/y/x/w",
	})
	for _, name := range rapid.SliceOfNDistinct(name, 0, 8, rapid.ID[string]).Draw(t, "names") {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			continue // there is a file of that name
		}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			continue
		}
		data := []byte(headers[max(0, rapid.IntRange(-4, len(headers)-1).Draw(t, "header"))])
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			data = append(data, row.Draw(t, "row")...)
		}
		switch rapid.SampledFrom([]string{
			"", "", "", "", "cut", "open", "large", "many", "gzip",
		}).Draw(t, "kind") {
		case "cut":
			data = bytes.TrimSuffix(data, []byte("\n"))
		case "open":
			data = append(data, "3,\"\n1,a\n"...)
		case "large":
			data = bytes.Repeat(append(data, "5,\""+strings.Repeat("long\n", 1<<10)+
				"\"\n1,z\n"...), 8)
		case "many":
			data = append(data, strings.Repeat("1\n2\n", 24_000)...)
		case "gzip":
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			w.Write(data)
			w.Close()
			data = b.Bytes()
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRecursiveIsEachFile compares a run on a folder with one run for each file below it.
func TestRecursiveIsEachFile(t *testing.T) {
	cases(t, 10)
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "linefork-tree-*")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		tree := filepath.Join(dir, "tree")
		drawTree(t, tree, "k,v\n", "k,1\n", "\n")
		if err := os.MkdirAll(tree, 0o777); err != nil {
			t.Fatal(err)
		}
		column := rapid.SampledFrom([]string{"1", "2"}).Draw(t, "column")
		args := []string{"filter", "--key=1", "--decompress", "--column=" + column}
		hasHeader := rapid.Bool().Draw(t, "--header")
		count := rapid.SampledFrom([]bool{false, false, true}).Draw(t, "-c")
		for option, on := range map[string]bool{
			"--header": hasHeader, "-c": count,
			"-n": rapid.Bool().Draw(t, "-n"), "-b": rapid.Bool().Draw(t, "-b"), "-H": rapid.Bool().Draw(t, "-H"),
			"-v": rapid.Bool().Draw(t, "-v"), "--lax": rapid.Bool().Draw(t, "--lax"),
		} {
			if on {
				args = append(args, option)
			}
		}
		p := program{dir: dir}

		var out strings.Builder
		want := result{status: 1}
		total, headerShown := 0, false
		withNames := strings.Contains(strings.Join(args, " "), "-H")
		err = filepath.WalkDir(tree, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			name, _ := filepath.Rel(dir, path)
			one := p.run(t, "linefork",
				append(args, "--mode=serial", "--range-size=64", name)...)
			if one.status != 1 && want.status != 2 {
				want.status = one.status
			}
			text := one.stdout
			switch {
			case count && !withNames:
				n, _ := strconv.Atoi(strings.TrimSuffix(text, "\n"))
				total, text = total+n, ""
			case hasHeader && !count && text != "" && headerShown:
				_, text, _ = strings.Cut(text, "\n") // these headers are one line
			}
			headerShown = headerShown || one.stdout != ""
			out.WriteString(text)
			want.stderr += one.stderr
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want.stdout = out.String(); count && !withNames {
			want.stdout = fmt.Sprintln(total)
		}
		for _, mode := range modes {
			args := append(append([]string{}, args...), append(way(t, mode), "-r", "tree")...)
			got := p.run(t, "linefork", args...)
			var messages []string
			for line := range strings.Lines(got.stderr) {
				if !strings.Contains(line, ": header differs from that of ") {
					messages = append(messages, line)
				}
			}
			if got.stderr = strings.Join(messages, ""); got != want {
				t.Fatalf("%q gave\n%.3000s, file by file\n%.3000s", args, fmt.Sprint(got),
					fmt.Sprint(want))
			}
		}
	})
}

// TestManyFiles has more files, and more operands, than may be open at once.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	const n = 5_000
	var operands []string
	for i := range n {
		name := fmt.Sprintf("t/%02d/%d", i%100, i)
		if i < 100 {
			if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
				t.Fatal(err)
			}
		}
		writeFile(t, filepath.Join(dir, name), []byte("k,v\n1,x\n2,y\n"))
		operands = append(operands, name)
	}
	few := []string{"-c", `ulimit -n 128 && exec linefork "$@"`, "sh"} // of open files
	for _, test := range []struct {
		args []string
		out  string
	}{
		{[]string{"filter", "-rck1", "t"}, "5000\n"},
		{[]string{"filter", "-rck1", "--header", "t"}, "5000\n"},
		{[]string{"grep", "-rhc", "^1", "t"}, strings.Repeat("1\n", n)},
		{append([]string{"filter", "-ck1"}, operands...), "5000\n"},
		{append([]string{"filter", "-ck1", "--header"}, operands...), "5000\n"},
		{append([]string{"grep", "-hc", "^1"}, operands...), strings.Repeat("1\n", n)},
		{append([]string{"count", "--total=only"}, operands...), "15000\n"},
		{append([]string{"count", "--total=only", "--csv"}, operands...), "15000\n"},
		{append([]string{"count", "--by=1"}, operands...), "1,5000\n2,5000\nk,5000\n"},
	} {
		got := program{dir: dir}.run(t, "sh", append(few, test.args...)...)
		if got.status != 0 || got.stdout != test.out {
			t.Errorf("%q…: status %d, %.80q, %.200s", test.args[:min(4, len(test.args))],
				got.status, got.stdout, got.stderr)
		}
	}
}
