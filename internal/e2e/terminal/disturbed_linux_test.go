package terminal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// TestTypedOverBar types while there is a bar, which the terminal shows in the bar's place. What is
// drawn and written after that stands where it should.
func TestTypedOverBar(t *testing.T) {
	begin(t)
	for columns := 22; columns < 38; columns++ { // of which the bar fills some
		progress := []string{"always", "workers"}[columns%2]
		t.Run(fmt.Sprint(progress, columns), func(t *testing.T) {
			t.Parallel()
			watch := newWatcher([]string{"11865,a", "11865,b"}, 3, marker)
			o := screen.Options{Size: screen.Size{Columns: columns, Rows: 10}, Watch: watch.look}
			term, pipe := held(t, o, "missing", "--mode=threads", "-j2", "--progress="+progress, "-h", "-s")
			term.Until("a bar", hasBar)
			for range 3 {
				before := term.Written()
				term.Type("ab")
				term.Until("three more bars", func(screen.Screen) bool {
					return strings.Count(term.Written()[len(before):], erase) >= 3
				})
			}
			pipe.write(t, "11865,b\n")
			pipe.Close()
			if status := term.Wait(); status != 2 {
				t.Errorf("status %d", status)
			}
			watch.done(t)
			same(t, term.Text(), []string{"11865,a", "11865,b"})
		})
	}
}

// TestResizeBetweenRows writes a row just after a resize: the bar that is drawn below it must have
// the new size.
func TestResizeBetweenRows(t *testing.T) {
	begin(t)
	wide, narrow := screen.Size{Columns: 120, Rows: 10}, screen.Size{Columns: 20, Rows: 10}
	term, pipe := held(t, screen.Options{Size: wide}, "--mode=threads", "-j2", "--progress=workers")
	for tries, found := 0, 0; found < 3 && tries < 30; tries++ {
		term.Until("a wide bar", func(s screen.Screen) bool {
			return hasBar(s) && len(bar(s)[0]) > narrow.Columns
		})
		term.Stop()
		pipe.write(t, "11865,b\n")
		at := term.Resize(narrow)
		var row, drawn string
		term.Until("a row and a bar", func(screen.Screen) bool {
			var complete bool
			row, drawn, _ = strings.Cut(term.Written()[at:], "11865,b\r\n")
			drawn, _, complete = strings.Cut(drawn, erase)
			return complete
		})
		// If a bar came first, the program may have asked for the size before.
		if row == "\r"+erase || row == erase {
			found++
			if widest(drawn) >= narrow.Columns {
				t.Fatalf("%q is drawn on a screen of %d columns", drawn, narrow.Columns)
			}
		}
		term.Resize(wide)
	}
}

// TestResize changes the size while there is a bar, on terminals that wrap their lines anew and on
// those that cut them off.
func TestResize(t *testing.T) {
	begin(t)
	wide, narrow := screen.Size{Columns: 120, Rows: 8}, screen.Size{Columns: 20, Rows: 10}
	for _, resizing := range []screen.Resizing{screen.Reflow, screen.Crop} {
		for _, progress := range []string{"always", "workers"} {
			t.Run(fmt.Sprint(resizing, progress), func(t *testing.T) {
				t.Parallel()
				resized := func() bool {
					watch := newWatcher([]string{"11865,a", "11865,b"}, 3, marker)
					o := screen.Options{Size: wide, Resizing: resizing, Watch: watch.look}
					term, pipe := held(t, o, "--mode=threads", "-j2", "--progress="+progress)
					for _, size := range []screen.Size{narrow, wide, narrow} {
						term.Until("a bar", hasBar)
						if !watch.resize(term, size) {
							return false
						}
					}
					pipe.write(t, "11865,b\n")
					pipe.Close()
					if status := term.Wait(); status != 0 {
						t.Errorf("status %d", status)
					}
					watch.done(t)
					same(t, term.Text(), []string{"11865,a", "11865,b"})
					return true
				}
				for tries := 0; !resized(); tries++ {
					if tries == 10 {
						t.Fatal("the size is not asked for anew before each drawing")
					}
				}
			})
		}
	}
}
