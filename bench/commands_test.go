package bench

import (
	"slices"
	"strings"
	"testing"
)

func TestDefaultProcesses(t *testing.T) {
	for cores, want := range map[int][]int{1: {1}, 2: {1, 2}, 6: {1, 2, 4, 6}, 8: {1, 2, 4, 8}} {
		if got := defaultProcesses(cores); !slices.Equal(got, want) {
			t.Errorf("%d cores: %v, want %v", cores, got, want)
		}
	}
}

func TestCountAndFilter(t *testing.T) {
	o := Options{Self: "/bin/linefork", Key: "it's", Column: 3, Processes: []int{1, 4}}
	peers := []tool{
		{Name: "wc", Path: "/wc"}, {Name: "grep", Path: "/grep"}, {Name: "rg", Path: "/rg"},
		{Name: "mawk", Path: "/mawk"},
	}
	var got []string
	for _, j := range countAndFilter(o, "/f", peers) {
		for _, c := range j.Commands {
			got = append(got, shellJoin(c.Args))
			if c.Peer != slices.Contains(c.Env, "LC_ALL=C") {
				t.Errorf("%s: environment", c.Name)
			}
		}
	}
	want := strings.Split(strings.TrimSpace(`
/bin/linefork count --mode serial /f
/bin/linefork count --mode threads -j 1 /f
/bin/linefork count --mode threads -j 4 /f
/bin/linefork count --mode processes -j 1 /f
/bin/linefork count --mode processes -j 4 /f
/wc -l /f
/grep -c '' /f
/rg --no-config -c '' /f
/mawk 'END{print NR}' /f
/bin/linefork filter --no-header --key 'it'\''s' --column 3 --mode serial /f
/bin/linefork filter --no-header --key 'it'\''s' --column 3 --mode threads -j 1 /f
/bin/linefork filter --no-header --key 'it'\''s' --column 3 --mode threads -j 4 /f
/bin/linefork filter --no-header --key 'it'\''s' --column 3 --mode processes -j 1 /f
/bin/linefork filter --no-header --key 'it'\''s' --column 3 --mode processes -j 4 /f
/grep -E '^([^,]*,){2}it'\''s(,|$)' /f
/rg --no-config '^([^,]*,){2}it'\''s(,|$)' /f
/mawk -F, '$3=="it'\''s"' /f
`), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestGrepSpecs(t *testing.T) {
	o := Options{Self: "/lf", Processes: []int{1, 4}, Jobs: []string{"grep"}}
	peers := []tool{
		{Name: "wc", Path: "/wc"}, {Name: "grep", Path: "/grep"}, {Name: "rg", Path: "/rg"},
	}
	all := jobs(o, "/f", peers)
	if len(all) != len(grepJobs) {
		t.Fatalf("%d jobs", len(all))
	}
	var got []string
	for _, c := range all[1].Commands {
		got = append(got, shellJoin(c.Args))
	}
	want := strings.Split(strings.TrimSpace(`
/lf grep -hE --mode serial -c '^11865,' /f
/lf grep -hE --mode threads -j 4 -c '^11865,' /f
/lf grep -hE --mode processes -j 4 -c '^11865,' /f
/grep -E -c '^11865,' /f
/rg --no-config -c '^11865,' /f
`), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestParseCount(t *testing.T) {
	for _, test := range []struct {
		out   string
		quiet bool
		want  int64
		ok    bool
	}{
		{"12\n", false, 12, true},
		{"      12 /file\n", false, 12, true},
		{"", true, 0, true},
		{"", false, 0, false},
		{"lines: 12\n", false, 0, false},
	} {
		got, err := parseCount(test.out, test.quiet)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("%q: %d, %v", test.out, got, err)
		}
	}
}
