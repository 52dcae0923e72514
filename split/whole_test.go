package split

import (
	"io"
	"testing"
)

func TestWhole(t *testing.T) {
	w := NewWhole([]byte("0123456789"), 10)
	b := make([]byte, 3)
	if n, err := w.ReadAt(b, 4); n != 3 || err != nil || string(b) != "456" {
		t.Errorf("%q, %v", b[:n], err)
	}
	if n, err := w.ReadAt(b, 8); n != 2 || err != io.EOF || string(b[:n]) != "89" {
		t.Errorf("%q, %v", b[:n], err)
	}
	if n, err := w.ReadAt(b, 11); n != 0 || err != io.EOF {
		t.Errorf("%q, %v", b[:n], err)
	}
	if got := string(w.Bytes(2, 5)); got != "234" {
		t.Errorf("%q", got)
	}
}
