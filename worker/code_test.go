package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/wire"
)

// filler fills messages. It sets all exported fields, even nested ones, except those with the tag
// wire:"-", so that a field that Code forgets is missed at the other end.
type filler struct {
	*rand.Rand
	sparse bool // about half of the fields keep their zero value
}

// enums holds the greatest value of each enum.
var enums = map[reflect.Type]uint64{
	reflect.TypeFor[split.LocatorKind](): uint64(split.Descriptor),
	reflect.TypeFor[wc.Want]():           31,
	reflect.TypeFor[locale.Locale]():     uint64(locale.UTF8),
	reflect.TypeFor[rows.State]():        uint64(rows.Lines),
	reflect.TypeFor[regex.Language]():    uint64(regex.Perl),
	reflect.TypeFor[grep.Binary]():       uint64(grep.Text),
}

// alternatives are sets of fields, of which exactly one is set.
var alternatives = map[reflect.Type][][]string{
	reflect.TypeFor[Job]():        {{"Count"}, {"Rows"}, {"Grep"}},
	reflect.TypeFor[Result]():     {{"Count"}, {"Rows"}, {"Grep"}, {"Batch"}},
	reflect.TypeFor[FileResult](): {{"Count"}, {"Rows"}, {"Grep"}},
	reflect.TypeFor[Task](): {
		{"Input", "Range", "Rows"}, {"Input", "Range", "Grep"}, {"Input", "Range"},
		{"Batch"}, {"Batch", "Rows"}, {"Batch", "Grep"},
	},
}

func (f filler) fill(v reflect.Value) {
	t := v.Type()
	switch t {
	case reflect.TypeFor[*rows.Keys]():
		keys := make([]string, f.IntN(20))
		for i := range keys {
			keys[i] = string(f.bytes())
		}
		v.Set(reflect.ValueOf(rows.NewKeys(keys...)))
		return
	case reflect.TypeFor[error]():
		all := []error{
			split.ErrReplaced, fs.ErrNotExist,
			&split.TruncatedError{Size: f.Int64(), Offset: f.Int64()},
			&split.ReadError{Offset: f.Int64(), Err: fs.ErrClosed},
			&wire.Error{Text: "text", Causes: []error{unpack.ErrDamaged}},
			&fs.PathError{Op: "read", Path: "path", Err: split.ErrChanged},
		}
		v.Set(reflect.ValueOf(all[f.IntN(len(all))]))
		return
	}
	switch t.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := f.Int64() >> f.IntN(63) >> (64 - t.Bits())
		if n++; n == 0 || f.IntN(2) == 0 {
			n = -n - 1
		}
		v.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		most, ok := enums[t]
		if !ok {
			most = 1<<t.Bits() - 1
		}
		v.SetUint(1 + f.Uint64N(most)>>f.IntN(min(t.Bits(), 8)))
	case reflect.String:
		v.SetString(string(f.bytes()))
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		n := 1 + f.IntN(20)
		v.Set(reflect.MakeSlice(t, n, n))
		for i := range n {
			f.fill(v.Index(i))
		}
	case reflect.Struct:
		f.fields(v)
	default:
		panic(fmt.Sprintf("a field of type %v", t))
	}
}

func (f filler) fields(v reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		field := t.Field(i)
		switch {
		case field.Tag.Get("wire") == "-":
		case !field.IsExported():
			panic(fmt.Sprintf("%v.%s cannot be filled", t, field.Name))
		case f.sparse && f.IntN(2) == 0 && field.Type != reflect.TypeFor[*rows.Keys]():
		default:
			f.fill(v.Field(i))
		}
	}
	if all, ok := alternatives[t]; ok {
		f.choose(v, all)
	}
}

// choose sets the fields of one alternative and clears all others.
func (f filler) choose(v reflect.Value, all [][]string) {
	one := f.IntN(len(all))
	kept := make(map[string]reflect.Value)
	for _, name := range all[one] {
		field := v.FieldByName(name)
		if field.IsZero() && (field.Kind() == reflect.Pointer || field.Kind() == reflect.Slice) {
			f.fill(field)
		}
		kept[name] = reflect.ValueOf(field.Interface())
	}
	for _, names := range all {
		for _, name := range names {
			v.FieldByName(name).SetZero()
		}
	}
	for name, value := range kept {
		v.FieldByName(name).Set(value)
	}
}

func (f filler) bytes() []byte {
	b := make([]byte, 1+f.IntN(300))
	for i := range b {
		b[i] = byte(f.Uint64())
	}
	return b
}

// roundTrip sends random messages. What arrives must be equal; a truncated message must be an
// error.
func roundTrip[T any, M interface {
	*T
	wire.Message
}](t *testing.T) {
	t.Helper()
	for seed := range uint64(500) {
		f := filler{rand.New(rand.NewPCG(seed, 0)), seed%2 == 1}
		sent, got := M(new(T)), M(new(T))
		f.fields(reflect.ValueOf(sent).Elem())
		payload := wire.AppendFrame(nil, kindTask, sent)[5:]
		if err := wire.Decode(payload, got); err != nil || !reflect.DeepEqual(got, sent) {
			a, b := reflect.ValueOf(got), reflect.ValueOf(sent)
			t.Fatal(differences(a, b, fmt.Sprintf("%T", sent), err))
		}
		n := f.IntN(len(payload))
		if err := wire.Decode(payload[:n], M(new(T))); !errors.Is(err, wire.ErrProtocol) {
			t.Fatalf("%d of %d bytes of %+v gave %v", n, len(payload), sent, err)
		}
	}
}

// differences says in which fields two values differ.
func differences(got, want reflect.Value, name string, err error) string {
	switch {
	case err != nil:
		return fmt.Sprintf("%s: %v", name, err)
	case got.Kind() == reflect.Pointer && !got.IsNil() && !want.IsNil():
		return differences(got.Elem(), want.Elem(), name, nil)
	case got.Kind() == reflect.Struct:
		text := ""
		for i := range got.NumField() {
			field, a, b := got.Type().Field(i), got.Field(i), want.Field(i)
			if field.IsExported() && !reflect.DeepEqual(a.Interface(), b.Interface()) {
				text += differences(a, b, name+"."+field.Name, nil)
			}
		}
		return text
	}
	return fmt.Sprintf("%s is %v, want %v\n", name, got, want)
}

func TestJobRoundTrip(t *testing.T)    { roundTrip[Job](t) }
func TestTaskRoundTrip(t *testing.T)   { roundTrip[Task](t) }
func TestResultRoundTrip(t *testing.T) { roundTrip[Result](t) }

// Any payload decodes to a message or an error.
func TestDecodeAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "payload")
		_ = wire.Decode(b, new(Task))
		_ = wire.Decode(b, new(Job))
		var result Result
		if wire.Decode(b, &result) == nil && result.Rows != nil {
			for range result.Rows.Head.Spans.All(true) {
			}
		}
		var f failure
		if wire.Decode(b, &f) == nil && f.err == nil {
			t.Fatal("a failure without a reason")
		}
	})
}

// Of several alternatives, exactly one must be set.
func TestNothingIsNoMessage(t *testing.T) {
	for _, m := range []wire.Message{new(Job), new(Result), new(failure)} {
		if err := wire.Decode([]byte{0}, m); !errors.Is(err, wire.ErrProtocol) {
			t.Errorf("an empty %T gave %v", m, err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("an empty %T was sent", m)
				}
			}()
			wire.AppendFrame(nil, kindTask, m)
		}()
	}
}

// An error stays what it was, wherever the task ran.
func TestErrorKinds(t *testing.T) {
	for _, err := range []error{
		split.ErrReplaced, split.ErrTruncated, split.ErrChanged, unpack.ErrDamaged,
		syscall.EISDIR,
		&split.TruncatedError{Size: 5, Offset: 6},
		&split.ReadError{Offset: 8, Err: syscall.EIO},
		&unpack.Error{Format: unpack.Gzip, Offset: 7, Err: errors.New("checksum differs")},
	} {
		var got failure
		payload := wire.AppendFrame(nil, kindFailure, &failure{err})[5:]
		if e := wire.Decode(payload, &got); e != nil || got.err.Error() != err.Error() {
			t.Fatalf("%v became %v, %v", err, got.err, e)
		}
		for _, target := range []error{
			split.ErrReplaced, split.ErrTruncated, split.ErrChanged,
			unpack.ErrDamaged,
			syscall.EISDIR, syscall.ENOENT, syscall.EIO,
		} {
			if errors.Is(got.err, target) != errors.Is(err, target) {
				t.Errorf("%v: errors.Is for %v has changed", err, target)
			}
		}
		var a, b *split.TruncatedError
		if errors.As(got.err, &a) != errors.As(err, &b) || a != nil && *a != *b {
			t.Errorf("%#v became %#v", b, a)
		}
		before, isBefore := split.ReadableTo(err)
		if after, is := split.ReadableTo(got.err); is != isBefore || after != before {
			t.Errorf("%v: readable to byte %d became %d", err, before, after)
		}
	}
}
