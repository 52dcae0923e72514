package output

import (
	"bytes"
	"context"
	"encoding/binary"
	"path/filepath"
	"testing"
)

// TestEncoding changes the encoding while something is buffered.
func TestEncoding(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(To(&b))
	for _, part := range []struct {
		order binary.ByteOrder
		text  string
	}{{nil, "é\n"}, {binary.LittleEndian, "é\n"}, {binary.BigEndian, "é"}, {binary.BigEndian, "\n"}, {nil, "x"}} {
		if err := w.Encoding(part.order); err != nil {
			t.Fatal(err)
		}
		write(t, w, part.text)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if want := "\xc3\xa9\n" + "\xe9\x00\n\x00" + "\x00\xe9\x00\n" + "x"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// TestAppendEncoding ends a last line in UTF-16 as that needs.
func TestAppendEncoding(t *testing.T) {
	for old, want := range map[string]string{
		"o\x00l\x00d\x00":       "o\x00l\x00d\x00\n\x00r\x00",
		"o\x00l\x00d\x00\n\x00": "o\x00l\x00d\x00\n\x00r\x00",
		"o\x00l\x00d\x00\x00\n": "o\x00l\x00d\x00\x00\n\n\x00r\x00", // which is no LF
	} {
		path := filepath.Join(t.TempDir(), "out")
		save(t, path, old)
		out, err := Append(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		w := NewWriter(out)
		if err := w.Encoding(binary.LittleEndian); err != nil {
			t.Fatal(err)
		}
		write(t, w, "r")
		if err := w.Encoding(nil); err != nil { // the first row decides
			t.Fatal(err)
		}
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		expect(t, path, want)
	}
}
