package picture

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/linefork/linefork/internal/e2e/screen"
	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	update = flag.Bool("picture.update", false, "draw the picture anew")
	size   = flag.String("picture.size", "4G", "the `size` of the file that is searched")
)

func TestMain(m *testing.M) { os.Exit(setup.Run(m)) }

// session is what is run, each command after a line with a prompt. The last command is seen at work.
const session = `
run() { printf '\033[1;38;2;120;205;130m$\033[m %s\n' "$1"; eval "$1"; }
run 'linefork count taxi.csv'
run 'linefork filter --key 11865 --line-number --max-count 2 taxi.csv'
run 'linefork filter --key 11865 --count taxi.csv'
run 'linefork grep -cE ",[5-9][0-9],(1|3)[0-9]*,1$" -j 4 --progress workers taxi.csv'
`

const title = "A terminal: linefork counts the lines of a file, prints and counts the rows of a key, and " +
	"shows how far each of four workers has come in a search"

// TestDraw draws the picture in the middle of the last command.
func TestDraw(t *testing.T) {
	if !*update {
		t.Skip("only with -picture.update")
	}
	dir := t.TempDir()
	generate := screen.Start(t, screen.Options{Dir: dir}, "sh", "-c", "linefork generate --size "+*size+" > taxi.csv")
	if status := generate.Wait(); status != 0 {
		t.Fatalf("generate: status %d, %q", status, generate.Text())
	}
	size := screen.Size{Columns: 86, Rows: 13}
	term := screen.Start(t, screen.Options{Size: size, Dir: dir}, "sh", "-c", session)
	var spans []screen.Span
	term.Until("a run half done", func(screen.Screen) bool {
		var s screen.Screen
		s, spans = term.Picture()
		return halfway(s) && s.Cursor.Column == 0
	})
	if err := os.WriteFile(path, []byte(svg(title, size, spans)), 0o666); err != nil {
		t.Fatal(err)
	}
	if status := term.Wait(); status != 0 {
		t.Errorf("status %d, %q", status, term.Text())
	}
}

var percent = regexp.MustCompile(`^(?:worker-\d )? *(\d+)% `)

// halfway reports whether the run is about half done, and its workers are in the middle of something.
func halfway(s screen.Screen) bool {
	var done []int
	for _, l := range s.Lines {
		if m := percent.FindStringSubmatch(l.Text); m != nil {
			n, _ := strconv.Atoi(m[1])
			done = append(done, n)
		}
	}
	const workers = 4
	return len(done) == workers+1 && slices.Min(done) > 10 && done[workers] > 30 && done[workers] < 70
}
