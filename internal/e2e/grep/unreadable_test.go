//go:build unix

package grep

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestUnreadable runs grep as a user without privileges, even if the tests run as root.
func TestUnreadable(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	for _, path := range []string{filepath.Dir(dir), dir} { // both belong to the test
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{
		"open": 0o644, "closed": 0, "d/open": 0o644, "d/closed": 0,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, "a\nb\n")
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{
		"shut": 0, "d/shut": 0, "blind": 0o111, "list": 0o444,
	} {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(path, "x"), "a\n")
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o755) })
	}
	for _, line := range []string{
		"grep a closed", "grep a closed open", "grep a open closed", "grep -s a closed open",
		"grep -q a closed open", "grep -q a open closed", "grep -L a closed open",
		"grep -c a closed open", "grep -f closed open", "grep a shut", "grep a shut/x",
		"grep -r a shut", "grep -r a d", "grep -rs a d", "grep -rc a d", "grep -r a blind",
		"grep a blind/x", "grep -r a blind/x", "grep -r a list", "grep a list/x",
		"grep -d skip a shut open", "grep -D skip a closed", "grep --exclude=closed a closed open",
		"grep -r --exclude-dir=shut a d", "grep --exclude-from=closed a open", "cd shut; grep -r a",
		"grep -v a closed; grep -q nosuch closed",
	} {
		for _, w := range []way{nil, {"--mode=threads", "-j3", "--range-size=1"}} {
			if !ofLinefork() && w != nil {
				continue
			}
			results := map[string]result{}
			for name, program := range map[string][]string{"gnu": {"grep"}, "ours": underTest(w)} {
				ctx, cancel := context.WithTimeout(context.Background(), patience)
				defer cancel()
				cmd := shellLine(ctx, dir, "C", program, line)
				if os.Geteuid() == 0 {
					cmd.SysProcAttr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
				}
				r, err := run(cmd)
				if err != nil {
					t.Fatal(err)
				}
				r.stdout, r.stderr = byFile(r.stdout), byFile(r.stderr)
				results[name] = r
			}
			if !sameResult(results["gnu"], results["ours"]) {
				t.Errorf("%s, %s\ngave %v\nnot  %v", line, w, results["ours"], results["gnu"])
			}
		}
	}
}
