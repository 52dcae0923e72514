package wc

import (
	"testing"

	"pgregory.net/rapid"
)

func TestValid(t *testing.T) {
	for _, f := range fragments {
		checkValid(t, []byte(f))
	}
	rapid.Check(t, func(t *rapid.T) { checkValid(t, soupGen().Draw(t, "b")) })
}

func checkValid(t interface {
	Helper()
	Errorf(string, ...any)
}, b []byte) {
	t.Helper()
	want := true
	for rest := b; len(rest) > 0 && want; {
		_, size := referenceDecode(rest)
		want = size > 0
		rest = rest[size:]
	}
	if got := Valid(b); got != want {
		t.Errorf("Valid(%q) is %v", b, got)
	}
}
