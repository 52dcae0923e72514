package faults

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// TestMatrix runs random trials.
func TestMatrix(t *testing.T) {
	setup.Watch(t)
	seed, n := *seed, *count
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1e9
	}
	if setup.Race && !isSet("faults.count") {
		n /= 5 // everything takes about five times as long
	}
	only, err := regexp.Compile(*group)
	if err != nil {
		t.Fatal(err)
	}
	allowed := slices.DeleteFunc(slices.Clone(kinds()), func(k kind) bool { return !only.MatchString(k.name) })
	if len(allowed) == 0 {
		t.Skipf("no kind of fault that can be made here is matched by %q", *group)
	}
	t.Logf("-faults.seed=%d", seed)
	base := folder(t)
	tally := counts{}
	began := time.Now()
	var next atomic.Int64
	next.Store(int64(*first))
	var all sync.WaitGroup
	for range *parallel {
		all.Go(func() {
			for {
				number := int(next.Add(1)) - 1
				if number >= *first+n || t.Failed() && *stop || *most > 0 && time.Since(began) > *most {
					return
				}
				x := draw(seed, number, allowed)
				came, err := x.run(base)
				if err != nil {
					t.Errorf("-faults.seed=%d -faults.first=%d: %v\n%v", seed, number, x, err)
					came = againstTheLaw
				}
				tally.add(x.fault.name, came)
			}
		})
	}
	all.Wait()
	t.Log(tally.table())
}

// folder is where runs are, that other users can enter.
func folder(t *testing.T) string {
	base, err := os.MkdirTemp("", "linefork-faults-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	return base
}

// notFired is for a fault that did not happen, as the run was over before.
const notFired outcome = "not reached"

// againstTheLaw is for a fault that was not borne.
const againstTheLaw outcome = "against the law"

// run runs a trial, and returns what it came to, or how it broke the law.
func (x *trial) run(base string) (came outcome, err error) {
	wants, err := x.wants(base)
	if err != nil {
		return "", err
	}
	a, err := newAttempt(x, base)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(a.dir)
	f := x.fault
	if f.prepare != nil {
		if err := f.prepare(a); err != nil {
			return "", err
		}
	}
	if err := a.start(); err != nil {
		return "", err
	}
	var striking sync.WaitGroup
	if f.strike != nil {
		striking.Go(func() { f.strike(a) })
	}
	hangs := a.wait()
	striking.Wait()
	if hangs != nil {
		return "", hangs
	}
	got := a.answer()
	if a.old != before {
		for i := range wants {
			if x.out.appends() {
				wants[i].file = a.old + strings.TrimPrefix(wants[i].file, before)
			} else if !x.out.isFile() {
				wants[i].file = a.old
			}
		}
	}
	came, err = a.judge(got, wants...)
	if err == nil {
		err = a.tidy(got, wants)
	}
	if err == nil && f.after != nil {
		err = f.after(a)
	}
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, a.explain(got, wants))
	}
	if f.fired != nil && !f.fired(a) {
		came = notFired
	}
	return came, nil
}

// wants are the right answers: the one without the fault, and others if the fault changes what is
// right.
func (x *trial) wants(base string) ([]answer, error) {
	want, err := x.reference(base, "", nil)
	wants := []answer{want}
	if err == nil && x.fault.change != nil {
		var changed answer
		changed, err = x.reference(base, x.fault.name, x.fault.change(x.in))
		wants = append(wants, changed)
	}
	if x.fault.unseen {
		want.stdout = ""
		wants = append(wants, want)
	}
	return wants, err
}

// explain shows what came of a run, and what was wanted.
func (a *attempt) explain(got answer, wants []answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n", a.cmd.Args)
	show := func(what string, r answer) {
		fmt.Fprintf(&b, "%s: status %d, %d bytes of output %.100q, file %d bytes %.100q\n%.3000s", what,
			r.status, len(r.stdout), r.stdout, len(r.file), r.file, r.stderr)
	}
	show("got", got)
	for _, want := range wants {
		show("want", want)
	}
	return b.String()
}

// counts are how many trials of each fault came to what.
type counts struct {
	sync.Mutex
	of map[string]map[outcome]int
}

func (c *counts) add(fault string, o outcome) {
	c.Lock()
	defer c.Unlock()
	if c.of == nil {
		c.of = map[string]map[outcome]int{}
	}
	if c.of[fault] == nil {
		c.of[fault] = map[outcome]int{}
	}
	c.of[fault][o]++
}

func (c *counts) table() string {
	var b strings.Builder
	sum, all := map[outcome]int{}, 0
	row := func(name string, n map[outcome]int) {
		fmt.Fprintf(&b, "\n%-40s", name)
		for _, o := range slices.Sorted(maps.Keys(n)) {
			fmt.Fprintf(&b, "  %d %s", n[o], o)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.of)) {
		row(name, c.of[name])
		for o, n := range c.of[name] {
			sum[o] += n
			all += n
		}
	}
	row(fmt.Sprintf("all %d", all), sum)
	return b.String()
}
