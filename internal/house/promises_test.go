package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	isPromise  = regexp.MustCompile(`(?s)^(.*\.)\s+\[(` + "`[^\\]]*`" + `)\]\s*$`)
	isTestName = regexp.MustCompile("`([^`]*)`")
)

// promises returns the items of docs/promises.md.
func promises(text string) (items []string) {
	for block := range strings.SplitSeq(text, "\n\n") {
		items = append(items, strings.Split("\n"+block, "\n- ")[1:]...)
	}
	return items
}

// TestPromises expects each promise to name tests that hold it, and these to exist.
func TestPromises(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "promises.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := declared(t)
	items := promises(string(text))
	if len(items) < 30 {
		t.Errorf("only %d promises were found", len(items))
	}
	for _, item := range items {
		m := isPromise.FindStringSubmatch(item)
		if m == nil {
			t.Errorf("no test is named: %s", item)
			continue
		}
		for _, name := range isTestName.FindAllStringSubmatch(m[2], -1) {
			test, script, _ := strings.Cut(name[1], "/")
			if !names[""][test] {
				t.Errorf("there is no test %s: %s", test, item)
			}
			if script != "" {
				path := filepath.Join(root, "testdata", "script", script+".txtar")
				if _, err := os.Stat(path); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
