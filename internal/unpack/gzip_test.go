package unpack

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"testing"
)

// bgzf returns a member that claims to be so many bytes longer than it is.
func bgzf(t *testing.T, data string, more int) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Extra = []byte("BC\x02\x00\x00\x00")
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	binary.LittleEndian.PutUint16(b.Bytes()[16:], uint16(b.Len()-1+more))
	return b.Bytes()
}

// TestLength reads BGZF members with right and wrong lengths.
func TestLength(t *testing.T) {
	second := bgzf(t, "two", 0)
	for _, more := range []int{0, -1, 1, len(second)} {
		got, err := unpack(t, append(bgzf(t, "one", more), second...), 2)
		if more == 0 {
			if string(got) != "onetwo" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) || e.Err != errLength || e.Offset != 0 {
			t.Errorf("length wrong by %d: %q, %v", more, got, err)
		}
	}
}
