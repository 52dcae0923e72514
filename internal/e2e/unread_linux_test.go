package e2e

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/linefork/linefork/internal/e2e/device"
	"github.com/linefork/linefork/internal/peer"
)

const pageSize = 4096

func init() { device.Serve() }

// unreadLines are lines of which some hold a 7, so that pages end within them.
func unreadLines(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d,line,%d\n", i%97, i)
	}
	return b.Bytes()
}

// unreadable compares runs on files of which some cannot be read to their end with those of GNU tools.
type unreadable struct {
	*testing.T
	program
	start int64            // where standard input begins
	bad   map[string]int64 // the first byte of each file that cannot be read
	runs  int
}

// rangeWays are ways to read a file; each comparison takes the next one.
var rangeWays = [][]string{
	{"--mode=serial"}, {"-j2"}, {"--mode=threads", "-j3", "--range-size=5000"},
	{"--mode=threads", "-j2", "--range-size=64K"}, {"--mode=processes", "-j2", "--range-size=300K"},
}

// failure is a message of a GNU tool, or of linefork, which also says where.
var failure = regexp.MustCompile(`: ([^:\n]+): Input/output error( at byte (\d+))?\n`)

func (u *unreadable) same(tool, command string, args ...string) {
	u.Helper()
	u.env = []string{"LC_ALL=C.UTF-8"}
	u.rewind()
	gnu := u.run(u, tool, args...)
	gnu.stderr = failure.ReplaceAllStringFunc(gnu.stderr, func(s string) string {
		file := failure.FindStringSubmatch(s)[1]
		if u.bad[file] == 0 {
			return s
		}
		return fmt.Sprintf(": %s: Input/output error at byte %d\n", file, u.bad[file])
	})
	u.rewind()
	u.runs++
	way := rangeWays[u.runs%len(rangeWays)]
	got := u.run(u, "linefork", slices.Concat([]string{command}, way, args)...)
	got.stderr = strings.ReplaceAll(got.stderr, "linefork: ", tool+": ")
	if got != gnu {
		u.Errorf("%s %q %q\ngave %.400q\nnot  %.400q", command, way, args, fmt.Sprint(got), fmt.Sprint(gnu))
	}
}

func (u *unreadable) rewind() {
	u.Helper()
	if u.stdin == nil {
		return
	}
	if _, err := u.stdin.Seek(u.start, io.SeekStart); err != nil {
		u.Fatal(err)
	}
}

// TestReadError has files on a device that fails from some byte on. What stands before counts as for
// GNU tools, and the byte that is named is the first that cannot be read.
func TestReadError(t *testing.T) {
	peer.Grep.Need(t)
	peer.WC.Need(t)
	text := unreadLines(700 << 10)
	nul, late := slices.Clone(text), slices.Clone(text)
	for i := 390_000; i < len(nul); i += 11 {
		nul[i] = 0
	}
	late[120*pageSize-3], late[120*pageSize-1] = 0, 0
	files := map[string]device.File{
		"bad":    {Data: text, Bad: 120 * pageSize},
		"second": {Data: text, Bad: 31 * pageSize},
		"first":  {Data: text, Bad: 0},
		"small":  {Data: text[:9000], Bad: pageSize},
		"good":   {Data: text[:5000], Bad: -1},
		"nul":    {Data: nul, Bad: 120 * pageSize},
		"late":   {Data: late, Bad: 120 * pageSize},
		"line":   {Data: bytes.Repeat([]byte("7"), 50*pageSize), Bad: 40 * pageSize},
		"zeros":  {Data: make([]byte, 200*pageSize), Bad: 150 * pageSize},
	}
	dir := device.Folder(t, files)
	u := &unreadable{T: t, program: program{dir: dir}, bad: make(map[string]int64)}
	for name, f := range files {
		u.bad[name] = f.Bad
	}
	for _, options := range [][]string{
		{"-c", "7"}, {"-n", "^7,"}, {"-v", "1"}, {"-b", "-o", "77"}, {"-C2", "^7,line,700$"}, {"-l", "zz"},
		{"-L", "zz"}, {"-c", "zz"}, {"-c", ""}, {"-vc", "7"}, {"-ac", "7"}, {"-Ic", "7"}, {"-zc", "7"},
		{"-q", "7"}, {"-l", "7"}, {"-m3", "7"}, {"-m1", "-c", "7"}, {"-A2", "7"},
	} {
		for _, file := range []string{"bad", "small", "first", "nul", "late", "line", "zeros"} {
			u.same("grep", "grep", append(options, file)...)
		}
	}
	for _, args := range [][]string{
		{"-c", "7", "second", "good", "bad"}, {"-n", "^7", "first", "good", "small"},
		{"-l", "zz", "good", "bad"}, {"-q", "^7", "first", "good"}, {"-q", "zz", "good", "bad"},
		{"-s", "-c", "7", "second", "good"}, {"-A3000000", "-m1", "7", "bad"},
		{"-A1000", "-m1", "7", "small"},
	} {
		u.same("grep", "grep", args...)
	}
	for _, args := range [][]string{ // wc -l alone forgets what it has read
		{"-lw", "bad"}, {"-lwcm", "small"}, {"-wL", "nul"}, {"-wc", "line"}, {"-w", "first"},
		{"-lw", "second", "good", "bad"},
	} {
		u.same("wc", "count", args...)
	}

	stdin, err := os.Open(filepath.Join(dir, "bad"))
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	u.stdin, u.bad["(standard input)"], u.bad["-"] = stdin, 120*pageSize, 120*pageSize
	u.same("grep", "grep", "-nH", "7,line")
	u.same("wc", "count", "-lw", "-")
}

// TestReadErrorInTable has tables that cannot be read to their end: the answer is that for their
// whole records before it.
func TestReadErrorInTable(t *testing.T) {
	lines := unreadLines(300 << 10)
	const bad = 50 * pageSize
	quoted := append([]byte("id,kind,\"n\no\"\n"), lines...)
	open := bytes.LastIndexByte(quoted[:bad-9000], '\n') + 1 // of the record that goes on beyond bad
	copy(quoted[open:], `"`)
	escaped := bytes.ReplaceAll(lines, []byte("line,9"), []byte("li\\\nne"))
	end := bytes.LastIndexByte(escaped[:bad], '\n') + 1
	escaped[end-2], escaped[end-1] = '\\', '\n' // one that ends no record
	end = bytes.LastIndexByte(escaped[:end-2], '\n') + 1
	for escaped[end-2] == '\\' {
		end = bytes.LastIndexByte(escaped[:end-2], '\n') + 1
	}
	for name, test := range map[string]struct {
		data []byte
		end  int // of the whole records before bad
		runs [][]string
	}{
		"plain": {lines, bytes.LastIndexByte(lines[:bad], '\n') + 1, [][]string{
			{"filter", "-k7"}, {"filter", "-k7", "-n", "-b"}, {"filter", "-v", "-k7"}, {"filter", "-c", "-k7"},
			{"filter", "-k7", "--encoding=gb18030"}, {"count", "--csv"}, {"count", "--by=1"},
			{"grep", "--json", "7,line,7"}, {"count", "-l"}, {"filter", "--no-quote", "-k7"},
		}},
		"quoted": {quoted, open, [][]string{
			{"filter", "--column=id", "-k7"}, {"filter", "-nv", "-k7"}, {"filter", "-ck7", "--header"},
			{"count", "--csv"}, {"count", "--by=id"}, {"filter", "--lax", "-k7"},
		}},
		"escaped": {escaped, end, [][]string{
			{"filter", `--escape=\`, "-k7", "-n"}, {"count", "--csv", `--escape=\`},
		}},
	} {
		whole := t.TempDir()
		writeFile(t, filepath.Join(whole, "table"), test.data[:test.end])
		dir := device.Folder(t, map[string]device.File{"table": {Data: test.data, Bad: bad}})
		for _, args := range test.runs {
			for _, way := range rangeWays {
				args := slices.Concat(args, way, []string{"table"})
				want := program{dir: whole}.run(t, "linefork", args...)
				if want.status != 0 || want.stdout == "" {
					t.Fatalf("%q: %+.200v", args, want)
				}
				want.stderr = fmt.Sprintf("linefork: table: Input/output error at byte %d\n", bad)
				if want.status = 2; args[0] == "count" {
					want.status = 1
				}
				got := program{dir: dir}.run(t, "linefork", args...)
				if args[1] == "--json" { // they say how many bytes were searched, and how long it took
					got.stdout = strings.Join(strings.Split(got.stdout, "\n")[:20], "\n")
					want.stdout = strings.Join(strings.Split(want.stdout, "\n")[:20], "\n")
				}
				if got != want {
					t.Errorf("%s: %q gave\n%+.300q\nnot\n%+.300q", name, args, fmt.Sprint(got), fmt.Sprint(want))
				}
			}
		}
	}
}

// TestReadErrorInArchive has an archive that cannot be read to its end.
func TestReadErrorInArchive(t *testing.T) {
	lines := unreadLines(3 << 20)
	dir := device.Folder(t, map[string]device.File{"table.gz": {Data: compress(lines), Bad: 20 * pageSize}})
	var first result
	for _, way := range rangeWays {
		got := program{dir: dir}.run(t, "linefork", slices.Concat(
			[]string{"grep", "--decompress", ""}, way, []string{"table.gz"})...)
		if first.stdout == "" {
			first = got
		}
		if got != first || len(got.stdout) < 100_000 || !bytes.HasPrefix(lines, []byte(got.stdout)) ||
			got.stderr != "linefork: table.gz: Input/output error at byte 81920\n" || got.status != 2 {
			t.Errorf("%q: status %d, %d bytes, and %s", way, got.status, len(got.stdout), got.stderr)
		}
	}
}

// TestReadErrorOfStream reads memory of this process as a stream that fails: a mapping of more than
// its file has.
func TestReadErrorOfStream(t *testing.T) {
	peer.Grep.Need(t)
	peer.WC.Need(t)
	size := int64(os.Getpagesize())
	path := filepath.Join(t.TempDir(), "memory")
	writeFile(t, path, unreadLines(int(3 * size))[:3*size])
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	memory, err := syscall.Mmap(int(f.Fd()), 0, int(4*size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Munmap(memory)
	stdin, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Skip(err)
	}
	defer stdin.Close()
	u := &unreadable{T: t, program: program{dir: t.TempDir()}, bad: map[string]int64{
		"(standard input)": 3 * size, "-": 3 * size, "'standard input'": 3 * size,
	}}
	u.stdin, u.start = stdin, int64(uintptr(unsafe.Pointer(&memory[0])))
	for _, args := range [][]string{{"-n", "7"}, {"-vc", "7"}, {"-q", "7"}, {"-m2", "7"}, {"-C1", "9$"}} {
		for range rangeWays {
			u.same("grep", "grep", args...)
		}
	}
	u.same("wc", "count", "-lwc", "-")
}
