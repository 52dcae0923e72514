package print

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestText compares with encoding/json, both ways.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.SliceOf(rapid.Byte()),
			rapid.Map(rapid.String(), func(s string) []byte { return []byte(s) }),
		).Draw(t, "s")
		var got struct {
			Text  *string
			Bytes []byte
		}
		if err := json.Unmarshal(appendText(nil, s), &got); err != nil {
			t.Fatalf("%q: %v in %s", s, err, appendText(nil, s))
		}
		if valid := utf8.Valid(s); valid != (got.Text != nil) || valid && *got.Text != string(s) || !valid && !bytes.Equal(got.Bytes, s) {
			t.Fatalf("%q became %+v", s, got)
		}
	})
}
