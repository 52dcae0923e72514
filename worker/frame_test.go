package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

var (
	anyNumber = rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64}))
	anyCount  = rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, math.MaxUint64}))
	anyBytes  = rapid.SliceOfN(rapid.Byte(), 0, 300)
	anyString = rapid.Map(anyBytes, func(b []byte) string { return string(b) })
)

func drawTask(t *rapid.T) Task {
	return Task{
		Name: anyString.Draw(t, "name"),
		Input: split.Locator{
			Kind: rapid.SampledFrom([]split.LocatorKind{split.Path, split.Descriptor}).Draw(t, "kind"), Path: anyString.Draw(t, "path"),
			Identity: split.Identity{
				Device: anyCount.Draw(t, "device"), Inode: anyCount.Draw(t, "inode"),
				Size: anyNumber.Draw(t, "size"), ModTime: anyNumber.Draw(t, "time"),
			},
		},
		Range:  split.Range{Start: anyNumber.Draw(t, "start"), End: anyNumber.Draw(t, "end")},
		Column: rapid.Int().Draw(t, "column"),
		Start:  rapid.SampledFrom([]rows.State{rows.Outside, rows.Inside}).Draw(t, "state"),
		Max:    anyCount.Draw(t, "max"),
		Ahead:  anyNumber.Draw(t, "ahead"),
		Binary: rapid.Bool().Draw(t, "binary"),
		Unpack: rapid.Bool().Draw(t, "unpack"),
		Batch:  rapid.SliceOfN(anyString, 0, 3).Draw(t, "batch"),
		Header: anyBytes.Draw(t, "header"),
	}
}

func drawPart(t *rapid.T) rows.Part {
	return rows.Part{Rows: anyCount.Draw(t, "rows"), Spans: anyBytes.Draw(t, "spans"), Data: anyBytes.Draw(t, "data"),
		Tally: anyBytes.Draw(t, "tally"), TooLong: rapid.Bool().Draw(t, "too long")}
}

func drawResult(t *rapid.T) Result {
	n := func() int64 { return anyNumber.Draw(t, "count") }
	return Result{
		Counts: wc.Counts{Lines: n(), Words: n(), Chars: n(), Bytes: n(), MaxWidth: n()},
		Rows:   drawSelected(t),
		Grep:   drawFound(t),
		Batch: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) FileResult {
			return FileResult{
				Large: rapid.Bool().Draw(t, "large"), Reason: anyString.Draw(t, "reason"), Opened: rapid.Bool().Draw(t, "opened"),
				Size: anyNumber.Draw(t, "size"), Rows: drawSelected(t), Grep: drawFound(t), Data: anyBytes.Draw(t, "data"),
			}
		}), 0, 3).Draw(t, "batch"),
	}
}

func drawSelected(t *rapid.T) rows.Result {
	n := func() int64 { return anyNumber.Draw(t, "count") }
	return rows.Result{
		Head: drawPart(t), Alt: drawPart(t), Rest: drawPart(t),
		Tail: n(), Converged: rapid.Bool().Draw(t, "converged"),
		Open: n(), OpenLine: anyCount.Draw(t, "open line"),
		Lines: anyCount.Draw(t, "lines"), Stopped: rapid.Bool().Draw(t, "stopped"),
	}
}

func drawFound(t *rapid.T) grep.Result {
	return grep.Result{
		Selected: anyCount.Draw(t, "selected"), Spans: anyBytes.Draw(t, "spans"), Data: anyBytes.Draw(t, "data"),
		Matches: anyBytes.Draw(t, "matches"), Lines: anyCount.Draw(t, "lines"),
		Invalid: rapid.Bool().Draw(t, "invalid"), Binary: rapid.Bool().Draw(t, "binary"),
		TextEnd: anyNumber.Draw(t, "text end"), Quiet: anyCount.Draw(t, "quiet"), Stopped: rapid.Bool().Draw(t, "stopped"),
	}
}

func drawJob(t *rapid.T) Job {
	if rapid.Bool().Draw(t, "count") {
		return Job{Count: &Count{
			Want:   wc.Want(rapid.IntRange(0, 31).Draw(t, "want")),
			Locale: rapid.SampledFrom([]locale.Locale{locale.C, locale.UTF8}).Draw(t, "locale"),
		}}
	}
	if rapid.Bool().Draw(t, "grep") {
		flag := func() bool { return rapid.Bool().Draw(t, "flag") }
		return Job{Grep: &grep.Spec{
			Pattern: regex.Spec{
				Language: rapid.SampledFrom([]regex.Language{regex.Basic, regex.Perl}).Draw(t, "language"),
				Patterns: anyBytes.Draw(t, "patterns"), Sample: anyBytes.Draw(t, "sample"),
				None: flag(), FoldCase: flag(), Words: flag(), Lines: flag(), UTF8: flag(), Null: flag(), CRLF: flag(),
			},
			Binary: rapid.SampledFrom([]grep.Binary{grep.Quiet, grep.WithoutMatch, grep.Text}).Draw(t, "binary"),
			Invert: flag(), Spans: flag(), Each: flag(), Matches: flag(), Count: flag(),
		}}
	}
	return Job{Filter: &rows.Spec{
		Keys:    rows.NewKeys(rapid.SliceOfN(anyString, 0, 20).Draw(t, "keys")...),
		Numeric: rapid.Bool().Draw(t, "numeric"),
		Invert:  rapid.Bool().Draw(t, "invert"),
		Tally:   rapid.Bool().Draw(t, "tally"),
		Dialect: rows.Dialect{Delimiter: rapid.Byte().Draw(t, "delimiter"), Quote: rapid.Byte().Draw(t, "quote")},
		Spans:   rapid.Bool().Draw(t, "spans"),
		Each:    rapid.Bool().Draw(t, "each"),
	}}
}

// roundTrip sends a message as a frame. What arrives must be equal; what
// arrives of a beginning of it must be an error.
func roundTrip[M any](t *rapid.T, sent M, code func(*M) func(*codec), equal func(a, b M) bool) {
	frame := appendFrame([]byte("before"), kindTask, encode(code(&sent)))[len("before"):]
	stream := io.MultiReader(bytes.NewReader(frame), strings.NewReader("behind"))
	var buf []byte
	k, payload, err := readFrame(stream, &buf)
	if err != nil || k != kindTask {
		t.Fatalf("%q, %v", k, err)
	}
	if behind, _ := io.ReadAll(stream); string(behind) != "behind" {
		t.Fatalf("the frame took some of what is behind it: %q is left", behind)
	}
	var got M
	if err := decode(payload, code(&got)); err != nil || !equal(got, sent) {
		t.Fatalf("%+v became %+v, %v", sent, got, err)
	}

	n := rapid.IntRange(0, len(frame)-1).Draw(t, "cut")
	want := io.ErrUnexpectedEOF
	if n == 0 {
		want = io.EOF
	}
	if _, _, err := readFrame(bytes.NewReader(frame[:n]), &buf); err != want {
		t.Fatalf("%d of %d bytes gave %v, want %v", n, len(frame), err, want)
	}
	n = rapid.IntRange(0, len(payload)-1).Draw(t, "payload cut")
	var short M
	if err := decode(payload[:n], code(&short)); !errors.Is(err, errProtocol) {
		t.Fatalf("%d of %d payload bytes of %+v gave %+v, %v", n, len(payload), sent, short, err)
	}
	var long M
	if err := decode(append(bytes.Clone(payload), 0), code(&long)); !errors.Is(err, errProtocol) {
		t.Fatalf("a payload with a byte more gave %v", err)
	}
}

func deepEqual[M any](a, b M) bool { return reflect.DeepEqual(a, b) }

func TestTaskRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roundTrip(t, drawTask(t), func(m *Task) func(*codec) { return m.code }, deepEqual[Task])
	})
}

func TestResultRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roundTrip(t, drawResult(t), func(m *Result) func(*codec) { return m.code }, deepEqual[Result])
	})
}

func TestJobRoundTrip(t *testing.T) {
	equal := func(a, b Job) bool {
		if (a.Filter == nil) != (b.Filter == nil) || !reflect.DeepEqual(a.Count, b.Count) {
			return false
		}
		if a.Filter == nil {
			return true
		}
		if a.Filter.Keys.Len() != b.Filter.Keys.Len() {
			return false
		}
		for i := range a.Filter.Keys.Len() {
			if !bytes.Equal(a.Filter.Keys.At(i), b.Filter.Keys.At(i)) {
				return false
			}
		}
		x, y := *a.Filter, *b.Filter
		x.Keys, y.Keys = nil, nil
		return x == y
	}
	rapid.Check(t, func(t *rapid.T) {
		roundTrip(t, drawJob(t), func(m *Job) func(*codec) { return m.code }, equal)
	})
}

// Whatever a payload holds, decoding ends with a message or an error.
func TestDecodeAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBytes.Draw(t, "payload")
		var task Task
		_ = decode(b, task.code)
		var result Result
		if decode(b, result.code) == nil {
			for range result.Rows.Head.Spans.All(true) {
			}
		}
		var job Job
		_ = decode(b, job.code)
	})
}

func TestFrameLengths(t *testing.T) {
	var buf []byte
	for _, length := range []uint32{0, maxFrame + 1, math.MaxUint32} {
		head := append(binary.LittleEndian.AppendUint32(nil, length), 'R')
		if _, _, err := readFrame(bytes.NewReader(head), &buf); !errors.Is(err, errProtocol) {
			t.Errorf("a frame of %d bytes gave %v", length, err)
		}
	}
	if k, payload, err := readFrame(bytes.NewReader([]byte{1, 0, 0, 0, 'R'}), &buf); k != kindResult || len(payload) != 0 || err != nil {
		t.Errorf("an empty payload gave %q, %q, %v", k, payload, err)
	}
}

// A length that is wrong but possible costs no more memory than what comes.
func TestFrameIsShorterThanItSays(t *testing.T) {
	frame := append(binary.LittleEndian.AppendUint32(nil, maxFrame-1), "R and little more"...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var buf []byte
	if _, _, err := readFrame(bytes.NewReader(frame), &buf); err != io.ErrUnexpectedEOF {
		t.Errorf("%v", err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
		t.Errorf("%d MiB were allocated for a frame of %d bytes", n>>20, len(frame))
	}
}

func TestFrameBufferIsReused(t *testing.T) {
	var buf []byte
	frame := appendFrame(nil, kindResult, func(b []byte) []byte { return append(b, make([]byte, 1000)...) })
	r := bytes.NewReader(frame)
	n := testing.AllocsPerRun(100, func() {
		r.Reset(frame)
		if _, _, err := readFrame(r, &buf); err != nil {
			t.Fatal(err)
		}
	})
	if n > 1 {
		t.Errorf("%v allocations for a frame", n)
	}
}
