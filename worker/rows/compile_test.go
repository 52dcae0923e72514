package rows

import (
	"strings"
	"testing"
)

func TestCompileRefuses(t *testing.T) {
	for _, delimiter := range []byte("\n\r\"") {
		if _, err := Compile(Spec{Keys: NewKeys("k"), Dialect: Dialect{Delimiter: delimiter, Quote: '"'}}); err == nil {
			t.Errorf("the delimiter %q is taken", delimiter)
		}
	}
	_, err := Compile(Spec{Keys: NewKeys("1", "one", "2"), Numeric: true, Dialect: CSV})
	if err == nil || !strings.Contains(err.Error(), `"one"`) {
		t.Errorf("the key that is not a number: %v", err)
	}
}

// TestSearchable says which keys are searched as bytes. A key is looked at
// wrongly if it is searched but can stand in a file in another form.
func TestSearchable(t *testing.T) {
	for _, c := range []struct {
		keys    []string
		numeric bool
		want    bool
	}{
		{[]string{"k"}, false, true},
		{[]string{"11865"}, false, true},
		{[]string{"11865"}, true, false},
		{[]string{""}, false, false},
		{[]string{"a,b"}, false, false},
		{[]string{"a\"b"}, false, false},
		{[]string{"a\rb"}, false, false},
		{[]string{"a\nb"}, false, false},
		{[]string{"a", "b"}, false, false},
		{nil, false, false},
	} {
		m, err := Compile(Spec{Keys: NewKeys(c.keys...), Numeric: c.numeric, Dialect: CSV})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.literal != nil; got != c.want {
			t.Errorf("keys %q, numeric %v: searched as bytes: %v", c.keys, c.numeric, got)
		}
	}
}

// TestSpansBroken has encoded spans that end too soon, as a broken worker may
// send them.
func TestSpansBroken(t *testing.T) {
	m, err := Compile(Spec{Keys: NewKeys("k"), Dialect: CSV, Spans: true, Each: true})
	if err != nil {
		t.Fatal(err)
	}
	b := []byte(strings.Repeat("k,"+strings.Repeat("x", 200)+"\nl\n", 3))
	whole := m.Scanner().Scan(b, Task{Column: 1}).Head
	for n := range len(whole.Spans) {
		spans := 0
		for range whole.Spans[:n].All(true) {
			spans++
		}
		if spans > 2 {
			t.Errorf("%d spans in %d of %d bytes", spans, n, len(whole.Spans))
		}
	}
	for range whole.Spans.All(true) {
		break // must be allowed
	}
}
