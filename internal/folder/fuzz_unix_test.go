//go:build unix

package folder

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzOpener opens files in any order, in a tree with links, while folders are moved to and fro.
// Each byte says what comes next. Files below links are opened only by an Opener that follows.
func FuzzOpener(f *testing.F) {
	f.Add([]byte("abcdefgh"), false)
	f.Add([]byte("aAzZ\x00\xff\x10\x20\x30"), true)
	f.Fuzz(func(t *testing.T, steps []byte, follow bool) {
		root := t.TempDir()
		var dirs []string
		dir := root
		for i := range 12 { // a chain, with a branch and a link at each folder
			dir += fmt.Sprintf("/%d", i)
			branch := dir + "/branch"
			if err := os.MkdirAll(branch, 0o700); err != nil {
				t.Fatal(err)
			}
			for _, d := range []string{dir, branch} {
				if err := os.WriteFile(d+"/f", []byte(d), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink("branch", dir+"/link"); err != nil {
				t.Fatal(err)
			}
			dirs = append(dirs, dir, branch, dir+"/link")
		}
		o := Opener{Follow: follow}
		defer o.Close()
		moved := ""
		for _, step := range steps[:min(len(steps), 100)] {
			if step >= 0xf0 { // a branch is moved away, or back
				branch := dirs[3*int(step&7)+1]
				switch moved {
				case "":
					moved = branch
					if err := os.Rename(branch, branch+"x"); err != nil {
						t.Fatal(err)
					}
				default:
					if err := os.Rename(moved+"x", moved); err != nil {
						t.Fatal(err)
					}
					moved = ""
				}
				o.Close() // what is open stays what it was
				continue
			}
			dir := dirs[int(step)%len(dirs)]
			got := content(&o, Below(root, dir+"/f"))
			want, err := os.ReadFile(dir + "/f")
			if err != nil || !follow && filepath.Base(dir) == "link" {
				if strings.HasPrefix(got, root) {
					t.Fatalf("%s was opened: %s", dir, got)
				}
				continue
			}
			if got != string(want) {
				t.Fatalf("%s: %s; want %s", dir, got, want)
			}
			if o.open() > mostOpen() {
				t.Fatalf("%d folders are open", o.open())
			}
		}
	})
}
