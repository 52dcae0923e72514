package command

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// endless reads the same bytes over and over.
type endless string

func (e endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		n += copy(b[n:], e)
	}
	return n - n%len(e), nil
}

func TestListBounds(t *testing.T) {
	small := list{item: "thing", end: ';', longest: 3 << 20, most: 8 << 30, entries: 5}
	few := nameList
	few.most = 8 << 20 // not to need 1 GiB
	entry := strings.Repeat("x", 3<<20)
	for _, test := range []struct {
		name string
		list list
		in   io.Reader
		want string
	}{
		{"longest", small, strings.NewReader(entry + ";" + entry), ""},
		{"too long", small, strings.NewReader(entry + "x;"), "a thing of more than 3 MiB"},
		{"too long, the last", small, strings.NewReader(";" + entry + "x"), "a thing of more than 3 MiB"},
		{"most entries", small, strings.NewReader(";;;;;x"), ""},
		{"too many", small, strings.NewReader(";;;;;;"), "more than 5 things"},
		{"no pattern", patternList, strings.NewReader(""), ""},
		{"NULs as patterns", patternList, endless("\x00"), "a pattern of more than 64 MiB"},
		{"empty names", nameList, endless("\x00"), "more than 16777216 file names"},
		{"a name", nameList, endless("x"), "a file name of more than 1 MiB"},
		{"long names", few, endless(strings.Repeat("x", 999) + "\x00"), "more than 8 MiB of file names"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.list.read(test.in)
			if got, _ := err.(limitError); string(got) != test.want || err != nil && got == "" {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}

func TestListContent(t *testing.T) {
	want := []byte(strings.Repeat("some pattern\n", 20_000))
	for name, r := range map[string]io.Reader{
		"whole":  bytes.NewReader(want),
		"halves": iotest.HalfReader(bytes.NewReader(want)),
		"bytes":  iotest.OneByteReader(bytes.NewReader(want)),
		"end":    iotest.DataErrReader(bytes.NewReader(want)),
	} {
		if got, err := patternList.read(r); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := patternList.read(iotest.TimeoutReader(endless("x\n"))); err != iotest.ErrTimeout {
		t.Errorf("error %v", err)
	}
}
