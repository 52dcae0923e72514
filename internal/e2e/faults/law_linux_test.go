package faults

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// outcome is what a run came to, within the law.
type outcome string

const (
	asWithout outcome = "as without"
	failed    outcome = "failed, and said so"
	killed    outcome = "killed"
	endless   outcome = "output closed"
	byRuntime outcome = "ended by the runtime"
)

// references are the answers of runs without a fault, by what was run.
var references sync.Map

// reference returns what a trial yields without its fault. The files, if there are some, replace
// those of the input; what they are is called variant.
func (x *trial) reference(base, variant string, files map[string][]byte) (answer, error) {
	name := fmt.Sprint(x.op.args, x.in.name, x.out.args, variant)
	type result struct {
		answer
		err error
	}
	once, _ := references.LoadOrStore(name, sync.OnceValue(func() (r result) {
		r.answer, r.err = x.plain(base, files)
		return r
	}))
	r := once.(func() result)()
	return r.answer, r.err
}

// plain runs a trial in one process, without its fault.
func (x *trial) plain(base string, files map[string][]byte) (answer, error) {
	y := *x
	y.way = way{"serial", []string{"--mode=serial"}}
	if files != nil {
		in := *x.in
		in.files = files
		y.in = &in
	}
	a, err := newAttempt(&y, base)
	if err != nil {
		return answer{}, err
	}
	defer os.RemoveAll(a.dir)
	if err := a.start(); err != nil {
		return answer{}, err
	}
	err = a.wait()
	return a.answer(), err
}

// same reports whether two answers are the same, whatever was said about them.
func same(a, b answer) bool {
	return a.status == b.status && a.stdout == b.stdout && a.file == b.file
}

// squeezed is a text whose columns are as narrow as they can be.
func squeezed(s string) string {
	return blanks.ReplaceAllString(margins.ReplaceAllString(s, ""), " ")
}

var blanks, margins = regexp.MustCompile(" +"), regexp.MustCompile("(?m)^ +")

// line is what a message, or a warning that a worker broke, looks like.
var line = regexp.MustCompile(`^(linefork: |time=\S+ level=WARN msg=")`)

// inside is what no user wants to read.
var inside = regexp.MustCompile(`panic|goroutine|runtime|\b0x[0-9a-f]|\.go:\d|%!`)

// readable returns an error if the messages are not such as a user can read.
func readable(stderr string) error {
	for l := range strings.Lines(stderr) {
		if !line.MatchString(l) || inside.MatchString(l) || !strings.HasSuffix(l, "\n") {
			return fmt.Errorf("not a message: %.500q", l)
		}
	}
	return nil
}

// told reports whether the messages name what failed: an input, or the output.
func (a *attempt) told(stderr string) bool {
	names := []string{"write error", "standard output", "standard input", " -: ", "<stdin>", outName}
	for name := range a.in.files {
		names = append(names, name)
	}
	names = append(names, a.in.args...)
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(stderr, name) })
}

// judge returns what a run came to, or how it broke the law: it must give one of the answers
// wanted, or fail and say so.
func (a *attempt) judge(got answer, wants ...answer) (outcome, error) {
	f := a.fault
	if a.byRuntime(got) {
		return byRuntime, a.isPart(got, wants)
	}
	if !f.crashes {
		if err := readable(got.stderr); err != nil {
			return "", err
		}
	}
	if slices.ContainsFunc(wants, func(want answer) bool { return same(got, want) }) {
		return asWithout, nil
	}
	if f.reshapes {
		narrow := got
		narrow.stdout = squeezed(got.stdout)
		if slices.ContainsFunc(wants, func(want answer) bool {
			want.stdout = squeezed(want.stdout)
			return same(narrow, want)
		}) {
			return asWithout, nil
		}
	}
	switch {
	case f.warns && got.status <= 2 && a.told(got.stderr):
		return failed, nil
	case f.strict != nil && f.strict(a):
		return "", fmt.Errorf("another answer than without the fault")
	case a.out.pipe && a.closed >= 0 && got.stderr == "" && (got.status == 141 || got.status == wants[0].status):
		return endless, a.isPart(got, wants) // the rest may have been in the pipe already
	case got.status >= 128 || got.status == 2 && f.crashes:
		if !f.kills {
			return "", fmt.Errorf("ended by %v", got.signal)
		}
		if strings.Contains(got.stderr, "linefork: ") && !f.crashes {
			return "", fmt.Errorf("a message of a run that was killed")
		}
		return killed, a.isPart(got, wants)
	case got.status != 2 && got.status != a.op.wrong:
		return "", fmt.Errorf("neither the right answer nor an error")
	case !a.told(got.stderr) && !(f.mute && !strings.Contains(got.stderr, "linefork: ")):
		return "", fmt.Errorf("the message does not name what failed")
	}
	if f.mixes {
		return failed, a.isUntouched(got)
	}
	if err := a.isPart(got, wants); err != nil {
		return "", err
	}
	return failed, a.isUntouched(got)
}

// byRuntime reports whether Go's runtime has ended the run.
func (a *attempt) byRuntime(got answer) bool {
	return a.fault.fatal != nil && a.fault.fatal(got.stderr) && got.status == 2
}

// crashed reports whether the run had no time to put anything away.
func (a *attempt) crashed(got answer) bool {
	return got.signal != 0 || a.fault.crashes || a.byRuntime(got)
}

// isPart returns an error unless the output is the start of one that is wanted.
func (a *attempt) isPart(got answer, wants []answer) error {
	isWanted := func(want answer) bool {
		return (!a.op.text || strings.HasPrefix(want.stdout, got.stdout)) &&
			(got.file == want.file || got.file == a.old || a.crashed(got) && a.out.appends())
	}
	if !slices.ContainsFunc(wants, isWanted) {
		return fmt.Errorf("what was written is not a part of the answer")
	}
	return nil
}

// isUntouched returns an error unless the output file is what it was.
func (a *attempt) isUntouched(got answer) error {
	if a.out.isFile() && got.file != a.old {
		return fmt.Errorf("a run that failed has changed the output")
	}
	return nil
}

// tidy returns an error if a run that ended so has left something.
func (a *attempt) tidy(got answer, wants []answer) error {
	if err := a.alone(); err != nil || a.fault.strays {
		return err
	}
	if (got.status >= 128 || got.status == 2 && a.crashed(got)) && a.out.appends() {
		return a.next(wants)
	}
	entries, err := os.ReadDir(a.path(outDir))
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		// A file gets its name in the system call before that becomes the target's.
		if a.crashed(got) && a.out.isFile() && rowsName.MatchString(name) && got.file == a.old {
			continue
		}
		if name != "out" && !slices.Contains(a.fault.leaves, name) {
			return fmt.Errorf("%s is left beside the output", name)
		}
	}
	return nil
}

// rowsName is what files are called that have not become the output, or a part of it, yet.
var rowsName = regexp.MustCompile(`^\.out\.linefork-[0-9a-f]{16}$`)

// next appends a row after a run that was killed. All rows of that are there, or none.
func (a *attempt) next(wants []answer) error {
	const row = "1,next\n"
	if err := os.WriteFile(a.path("next"), []byte(row), 0o644); err != nil {
		return err
	}
	cmd := exec.Command("linefork", "filter", "-k1", "--append", "--output="+outName, "next")
	cmd.Dir = a.work()
	if b, err := cmd.CombinedOutput(); err != nil || len(b) > 0 {
		return fmt.Errorf("the next run: %v: %s", err, b)
	}
	got := content(a.path(outName))
	isWhole := func(old string) bool {
		return got == old+row || got == old+"\n"+row
	}
	if !isWhole(a.old) && !slices.ContainsFunc(wants, func(want answer) bool { return isWhole(want.file) }) {
		return fmt.Errorf("after the next run there is half an answer of %d bytes", len(got))
	}
	entries, err := os.ReadDir(a.path(outDir))
	if err != nil || len(entries) != 1 {
		return fmt.Errorf("after the next run there are %v, %v", entries, err)
	}
	return nil
}
