package limit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// cache gives the test a cache folder of its own, and returns the name of the file in it.
func cache(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, t.TempDir())
	}
	name, err := path()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestRoundTrip(t *testing.T) {
	name := cache(t)
	if m, ok := Load(); ok {
		t.Fatalf("known before it was measured: %+v", m)
	}
	if err := Save([]Limit{{4, 4e9}, {1, 2e9}}); err != nil {
		t.Fatal(err)
	}
	m, ok := Load()
	if want := []Limit{{1, 2e9}, {4, 4e9}}; !ok || !slices.Equal(m.Limits, want) {
		t.Fatalf("%v, %+v", ok, m)
	}
	if m.Measured.IsZero() || m.Cores < 1 || m.OS == "" {
		t.Errorf("incomplete: %+v", m)
	}
	if err := Save([]Limit{{2, 3e9}}); err != nil {
		t.Fatal(err)
	}
	if m, ok := Load(); !ok || len(m.Limits) != 1 {
		t.Errorf("not replaced: %+v", m)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestBytesPerSecond(t *testing.T) {
	m := Machine{Limits: []Limit{{2, 2e9}, {4, 3e9}}}
	for workers, want := range map[int]float64{1: 0, 2: 2e9, 3: 2.5e9, 4: 3e9, 100: 3e9} {
		if got, ok := m.BytesPerSecond(workers); got != want || ok != (want > 0) {
			t.Errorf("%d workers: %v, %v, want %v", workers, got, ok, want)
		}
	}
	if got, ok := (Machine{}).BytesPerSecond(1); ok {
		t.Errorf("%v of nothing", got)
	}
}

// What is not of this machine, not of this version or not readable is not used.
func TestOthers(t *testing.T) {
	name := cache(t)
	if err := Save([]Limit{{1, 2e9}}); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	host, _ := os.Hostname()
	for _, change := range [][2]string{
		{`"version": 1`, `"version": 2`},
		{`"host": "` + host + `"`, `"host": "another one"`},
		{`"cpu": "`, `"cpu": "another `},
		{`"cores": `, `"cores": 9`},
		{`2000000000`, `-1`},
		{`2000000000`, `0`},
		{`2000000000`, `"fast"`},
		{`"processes": 1`, `"processes": 0`},
		{"}", ""},
	} {
		bad := strings.Replace(string(good), change[0], change[1], 1)
		if bad == string(good) {
			t.Fatalf("no %s in %s", change[0], good)
		}
		if err := os.WriteFile(name, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if m, ok := Load(); ok {
			t.Errorf("%s: %+v", change[1], m)
		}
	}
}

func TestCannotSave(t *testing.T) {
	name := cache(t)
	if err := os.WriteFile(filepath.Dir(name), nil, 0o600); err != nil {
		if err := os.MkdirAll(filepath.Dir(filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Dir(name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Save([]Limit{{1, 1}}); err == nil {
		t.Error("saved below a file")
	}
}
