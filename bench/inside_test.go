package bench

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestDefaultProcesses(t *testing.T) {
	for cores, want := range map[int][]int{1: {1}, 2: {1, 2}, 6: {1, 2, 4, 6}, 8: {1, 2, 4, 8}} {
		if got := defaultProcesses(cores); !slices.Equal(got, want) {
			t.Errorf("%d cores: %v, want %v", cores, got, want)
		}
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

func TestOutput(t *testing.T) {
	for _, test := range []struct {
		reads reading
		text  string
		want  int64
		rows  bool
		ok    bool
	}{
		{asNumber, " 12 x\n13\n", 12, false, true},
		{asSum, "12 x\n\n13\n1", 26, false, true},
		{asSum, "12\nx\n", 12, false, false},
		{asRows, "a\nb\nc", 3, true, true},
		{asRows, "", 0, true, true},
		{asEither, "12\n", 12, false, true},
		{asEither, "12\n13\n", 2, true, true},
		{asEither, "a\n", 1, true, true},
	} {
		o := newOutput(test.reads)
		if _, err := io.Copy(o, iotest.OneByteReader(strings.NewReader(test.text))); err != nil {
			t.Fatal(err)
		}
		a, err := o.answer(&command{reads: test.reads})
		if a.Lines != test.want || (a.SHA256 != "") != test.rows || (err == nil) != test.ok {
			t.Errorf("%q: %+v, %v", test.text, a, err)
		}
	}
}

func TestCompareLines(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	for _, test := range []struct{ want, got, says string }{
		{"a\nb\n", "a\nc\n", `line 2 of the output is "c", not "b"`},
		{"a\n", "a\nb\n", `line 2 of the output is "b", not missing`},
		{"a\nb\n", "a\n", `line 2 of the output is missing, not "b"`},
		{"a", "a\n", `line 1 of the output is "a", not "a"`},
		{"", "", "the output of another run does not differ"},
		{long + "a\n", long + "b\n", "line 1 of the output is \"" + long[:60] + "\"…, not \"" +
			long[:60] + "\"…"},
		{"é" + long, "", "line 1 of the output is missing, not \"é" + long[:58] + "\"…"},
		{"\xff\n", "\xfe\n", `line 1 of the output is "\xfe", not "\xff"`},
	} {
		for _, read := range []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.HalfReader, iotest.DataErrReader,
		} {
			got, err := compareLines(read(strings.NewReader(test.want)),
				read(strings.NewReader(test.got)))
			if err != nil || got != test.says {
				t.Errorf("%.20q, %.20q: %s, %v", test.want, test.got, got, err)
			}
		}
	}
	bad := iotest.ErrReader(os.ErrClosed)
	if _, err := compareLines(strings.NewReader("a\n"), bad); err == nil {
		t.Error("no error of a command that failed")
	}
}

func TestShapeOf(t *testing.T) {
	for _, test := range []struct {
		text   string
		whole  bool
		fields int
	}{
		{"a,b\nc,d\n", true, 2},
		{"a,b\nc,d", true, 2},
		{"a,b\nc,d\ne", false, 2},     // a line that is cut off
		{"a,\"b\nc,d\n", false, 0},    // may be closed behind, but no record is known
		{"a,b\nc,\"d\ne\n", false, 2}, // likewise
		{"a,b\nc,\"d\ne\n", true, 0},
		{"a,b\nc\n", true, 0},
		{"a\nb\n", true, 0},
		{"a,b\"c\nd,e\n", true, 0},
		{"no line feed", false, 0},
		{"\"a\nb\",c\n", true, 2},
	} {
		s := shapeOf([]byte(test.text), test.whole)
		if s.Fields != test.fields || (s.Reason == "") != (test.fields > 0) {
			t.Errorf("%q: %+v, want %d fields", test.text, s, test.fields)
		}
	}
}

func TestSample(t *testing.T) {
	var big bytes.Buffer
	for i := 0; big.Len() < 5<<20; i++ {
		big.WriteString(strings.Repeat("w", i%90) + "\n")
	}
	s, err := readSample(bytes.NewReader(big.Bytes()), int64(big.Len()))
	if err != nil {
		t.Fatal(err)
	}
	text := big.String()
	for _, l := range s.lines {
		if len(l) > 89 || !strings.Contains(text, "\n"+string(l)+"\n") && len(l) > 0 {
			t.Fatalf("no whole line: %q", l)
		}
	}
	if !bytes.HasPrefix(big.Bytes(), s.start) || s.middle < len(s.lines)/3 ||
		s.middle > len(s.lines)*2/3 {
		t.Errorf("%d lines, the middle is %d", len(s.lines), s.middle)
	}
	visited := 0
	s.fromMiddle(func([]byte) bool { visited++; return false })
	if visited != len(s.lines) {
		t.Errorf("%d of %d visited", visited, len(s.lines))
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"a bc, def-4567":    "bc def 4567",
		"天地玄黄，宇":            "天地 玄黄",
		"naïve\xffcafé":     "naïve café",
		"thisistoolongword": "",
		"":                  "",
	} {
		var got []string
		words([]byte(text), func(w []byte) { got = append(got, string(w)) })
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestRowPattern(t *testing.T) {
	for _, test := range []struct {
		text    string
		column  int
		returns bool
		want    string
	}{
		{"7", 1, false, "^7(,|$)"},
		{"a.b", 3, false, `^([^,]*,){2}a\.b(,|$)`},
		{"x]", 1, true, "^x](,|\r?$)"},
	} {
		if got := rowPattern(test.text, test.column, test.returns); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// The pipe sends the bytes of the file, not faster than it says, and ends with its context.
func TestSlowPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	data := bytes.Repeat([]byte("some bytes\n"), 100_000)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	const size = 1_000_000
	start := time.Now()
	got, err := io.ReadAll(slowPipe{name, size}.open(t.Context()))
	if err != nil || !bytes.Equal(got, data[:size]) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	least := pipeDelay + size*time.Second/pipeBytesPerSecond
	if took := time.Since(start); took < least {
		t.Errorf("it took %v, less than %v", took, least)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := io.ReadAll((slowPipe{name, size}).open(ctx)); err != context.Canceled {
		t.Errorf("error %v", err)
	}
}

func TestScan(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte("a\nb\nc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for value, ok := range map[string]bool{
		"0/1": true, "1/3": true, "7/100": true, "x": false, "1/0": false,
	} {
		var out strings.Builder
		err := Scan(name, value, strings.NewReader("\n"), &out)
		if (err == nil) != ok {
			t.Errorf("%s: %v", value, err)
		}
		if ok && !strings.HasPrefix(out.String(), "ready\n") {
			t.Errorf("%s: %q", value, out.String())
		}
	}
	if Scan(name, "0/1", strings.NewReader(""), io.Discard) == nil {
		t.Error("it began before it was told to")
	}
	if Scan(name+"x", "0/1", strings.NewReader("\n"), io.Discard) == nil {
		t.Error("no error of a missing file")
	}
}

func TestParseCost(t *testing.T) {
	const line = `{"version":1,"tasks":3,"cpu_s":1.5,"coordinator_cpu_s":0.5,` +
		`"workers":[{"cpu_s":0.25},{"cpu_s":0.75}]}`
	c, err := parseCost([]byte("a warning\n" + line + "\n"))
	if err != nil || c != (cost{ranges: 3, workers: 1, coordinator: 0.5}) {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"", "x", "{}", strings.Replace(line, ":1,", ":2,", 1)} {
		if c, err := parseCost([]byte(bad)); err == nil {
			t.Errorf("%q: %+v", bad, c)
		}
	}
}

func TestPace(t *testing.T) {
	jobs := []jobSpec{{weight: 1}, {weight: 3}}
	p := newPace(Options{Time: time.Hour}, time.Now(), jobs)
	if b := p.budget(&jobs[0]); b > 15*time.Minute || b < 14*time.Minute {
		t.Errorf("%v of an hour for a quarter", b)
	}
	p.left -= 1
	if b := p.budget(&jobs[1]); b < 59*time.Minute {
		t.Errorf("%v of an hour for what is left", b)
	}
	for _, test := range []struct {
		runs, rounds int
		took         time.Duration
		want         bool
	}{
		{0, 0, time.Hour, false},
		{0, 1, time.Minute, false},
		{0, 1, 2 * time.Minute, true},
		{0, 3, 59 * time.Second, false},
		{0, 3, time.Minute, true},
		{0, 10, time.Second, true},
		{20, 19, time.Hour, false},
		{20, 20, time.Second, true},
	} {
		p := pace{runs: test.runs}
		if got := p.over(test.rounds, test.took, time.Minute); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

func TestFormat(t *testing.T) {
	for s, want := range map[float64]string{
		0.0001: "0.10 ms", 0.00123: "1.23 ms", 0.00999: "10.0 ms", 0.0234: "23.4 ms", 0.1: "100 ms",
		0.9994: "999 ms", 0.9996: "1.00 s", 9.94: "9.94 s", 9.96: "10.0 s", 99.6: "100 s",
	} {
		if got := formatSeconds(s); got != want {
			t.Errorf("%v s: %s, want %s", s, got, want)
		}
	}
	for x, want := range map[float64]string{0.5: "0.50 ×", 0.96: "1.0 ×", 9.94: "9.9 ×", 44.4: "44 ×"} {
		if got := formatTimes(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
	for x, want := range map[float64]string{0: "", 0.5: "██", 1: "████", 0.53: "██▏", 2: "████"} {
		if got := bar(x, 4); got != want {
			t.Errorf("a bar of %v: %s, want %s", x, got, want)
		}
	}
	if got := wrap("aa bb cccc dd", "  ", 6); got != "aa bb\n  cccc\n  dd" {
		t.Errorf("%q", got)
	}
	if got := toASCII.Replace("±3 % 1.0 × █▌▏…"); got != "+-3 % 1.0 x ##..." {
		t.Errorf("%q", got)
	}
}
