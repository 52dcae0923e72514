package rows

import (
	"slices"
	"strings"
	"testing"
)

func TestCompileRefuses(t *testing.T) {
	for _, delimiter := range []byte("\n\r\"") {
		if _, err := Compile(Spec{Dialect: Dialect{Delimiter: delimiter, Quote: '"'}}); err == nil {
			t.Errorf("the delimiter %q is taken", delimiter)
		}
	}
	mixed := newKeys(true, "1", "2")
	mixed.Add([]byte("one"))
	for _, c := range []struct {
		where Condition
		want  string
	}{
		{Condition{In: mixed, Numeric: true}, `"one"`},
		{Condition{In: mixed}, `"1e1"`},
		{Condition{In: NewKeys("1", "2"), Numeric: true}, `"1"`},
		{Condition{}, "no set"},
	} {
		_, err := Compile(Spec{Where: []Condition{{In: NewKeys("k")}, c.where}, Dialect: CSV})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.want, err)
		}
	}
	if _, err := Compile(Spec{Dialect: CSV, Charset: "nonsense"}); err == nil {
		t.Error("the charset is taken")
	}
}

// TestColumnsMissing has a task with too few columns, which would select wrongly.
func TestColumnsMissing(t *testing.T) {
	m, err := Compile(Spec{Where: []Condition{{In: NewKeys("k")}}, Tally: true, Dialect: CSV})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("one column is enough for two")
		}
	}()
	m.Scanner().Scan([]byte("k\n"), Task{Columns: []int{1}})
}

// TestPlan says how rows are found. A key is looked at wrongly if it is searched
// as bytes but can stand in a file in another form.
func TestPlan(t *testing.T) {
	numeric := clause{column: 1, keys: []string{"11865"}, numeric: true}
	several := in(1, "a", "b")
	escape := CSV
	escape.Escape = '\\'
	for _, c := range []struct {
		where   []clause
		dialect Dialect
		charset string
		plan    plan
		literal string
	}{
		{where: in(1, "k"), plan: candidates, literal: "k"},
		{where: in(1, "11865"), plan: candidates, literal: "11865"},
		{where: []clause{numeric}},
		{where: in(1, "")},
		{where: in(1, "a,b")},
		{where: in(1, "a\"b")},
		{where: in(1, "a\rb")},
		{where: in(1, "a\nb")},
		{where: several},
		{where: in(1, strings.Repeat("k", mostLiteral+1))},
		{where: in(1, "k"), dialect: escape},
		{where: in(1, "\""), dialect: CSV.Plain(), plan: candidates, literal: "\""},
		{where: in(1, "汉"), charset: "gb18030", plan: candidates, literal: "\xba\xba"},
		{where: in(1, "\u0080"), charset: "gbk"}, // no form there
		{where: slices.Concat(several, in(2, "k"), []clause{numeric}), plan: candidates, literal: "k"},
		{where: slices.Concat(in(1, "k"), in(2, "kkk"), in(3, "kk")), plan: candidates, literal: "kkk"},
		{where: slices.Concat(several, []clause{numeric})},
		{plan: noRecord},
		{where: in(1), plan: noRecord},
		{where: slices.Concat(in(1, "k"), in(2)), plan: noRecord},
		{dialect: escape},
	} {
		if c.dialect.Delimiter == 0 {
			c.dialect = CSV
		}
		s := Spec{Dialect: c.dialect, Charset: c.charset}
		for i := range c.where {
			s.Where = append(s.Where, c.where[i].condition())
		}
		m, err := Compile(s)
		if err != nil {
			t.Fatal(err)
		}
		if m.plan != c.plan || string(m.literal) != c.literal {
			t.Errorf("where %.100v: plan %d for %.100q", c.where, m.plan, m.literal)
		}
	}
}

// TestSpansBroken has encoded spans that end too soon, as a broken worker may
// send them.
func TestSpansBroken(t *testing.T) {
	m, err := Compile(Spec{Where: []Condition{{In: NewKeys("k")}}, Dialect: CSV, Spans: true, Each: true})
	if err != nil {
		t.Fatal(err)
	}
	b := []byte(strings.Repeat("k,"+strings.Repeat("x", 200)+"\nl\n", 3))
	whole := m.Scanner().Scan(b, Task{Columns: []int{1}}).Head
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
