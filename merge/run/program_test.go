package run_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestProgram builds a program in another module, which can name nothing internal, and
// runs it. Without its call of Serve it must end at once, and start no processes that
// start processes.
func TestProgram(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "program", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	const serve = "	worker.Serve()\n"
	for _, test := range []struct{ main, want string }{
		{string(text), "2001 <nil>\n" +
			"id,datetime,lng,lat,speed,heading,occupied\n" +
			"11865,2013-10-29 15:14:28,114.41628,30.84663,37,45,0\n" +
			"1 <nil>\n"},
		{strings.Replace(string(text), serve, "", 1),
			"0 no child processes: main has not called worker.Serve\n" +
				"0 no child processes: main has not called worker.Serve\n"},
	} {
		program := build(t, test.main)
		got, err := exec.Command(program, filepath.Join("..", "..", "testdata", "taxi.csv")).CombinedOutput()
		if err != nil || string(got) != test.want {
			t.Errorf("%s%v; want %s", got, err, test.want)
		}
	}
}

// build builds a program in a module that uses this one, without the network.
func build(t *testing.T, main string) (program string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"main.go": main,
		"go.sum":  string(sums),
		"go.mod": "module example.com/program\n\ngo 1.26.0\n\n" +
			"require github.com/linefork/linefork v0.0.0\n\n" +
			"replace github.com/linefork/linefork => " + strconv.Quote(root) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	program = filepath.Join(dir, "program.exe")
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command to build a program with")
	}
	cmd := exec.Command(goTool, "build", "-o", program, ".")
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "GOPROXY=off") {
			t.Skipf("a module that it needs is not in the module cache:\n%s", out)
		}
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}
