package rows

import (
	"bytes"
	"fmt"
	"testing"
)

// taxi returns n rows of seven short fields; row i has the key i % keys.
func taxi(n, keys int, quoted bool) []byte {
	var b bytes.Buffer
	for i := range n {
		note := "30.84663"
		if quoted && i%3 == 0 {
			note = "\"30,84663\""
		}
		fmt.Fprintf(&b, "%d,2013-10-29 15:14:28,114.41628,%s,37,45,%d\n", 10_000+i%keys, note, i%keys)
	}
	return b.Bytes()
}

func BenchmarkScan(b *testing.B) {
	const n = 1 << 15
	many := make([]string, 1000)
	for i := range many {
		many[i] = fmt.Sprint(20_000 + 7*i)
	}
	rare, often, quoted := taxi(n, 5000, false), taxi(n, 2, false), taxi(n, 5000, true)
	for _, c := range []struct {
		name   string
		data   []byte
		column int
		keys   []string
		more   []clause
		spec   Spec
		task   Task
	}{
		{name: "literal", data: rare, column: 1, keys: []string{"11865"}},
		{name: "literal/column7", data: rare, column: 7, keys: []string{"1865"}},
		{name: "literal/often", data: often, column: 1, keys: []string{"10001"}},
		{name: "literal/often/column7", data: often, column: 7, keys: []string{"1"}},
		{name: "literal/often/spans", data: often, column: 1, keys: []string{"10001"}, spec: Spec{Spans: true}},
		{name: "literal/invert", data: rare, column: 1, keys: []string{"11865"}, spec: Spec{Invert: true, Spans: true}},
		{name: "literal/quoted", data: quoted, column: 1, keys: []string{"11865"}},
		{name: "set", data: rare, column: 1, keys: many[:2]},
		{name: "set/1000", data: rare, column: 1, keys: many},
		{name: "set/1000/column7", data: rare, column: 7, keys: many},
		{name: "set/often", data: often, column: 1, keys: []string{"10001", "x"}, spec: Spec{Spans: true}},
		{name: "set/each", data: often, column: 1, keys: []string{"10001", "x"}, spec: Spec{Spans: true, Each: true}},
		{name: "set/quoted", data: quoted, column: 4, keys: many[:2]},
		{name: "set/charset", data: rare, column: 7, keys: many[:2], spec: Spec{Charset: "gb18030"}},
		{name: "several", data: rare, column: 1, keys: many, more: in(7, many...)},
		{name: "several/often", data: often, column: 1, keys: []string{"10001", "x"}, more: in(7, "1", "x")},
		{name: "several/literal", data: rare, column: 1, keys: many, more: in(7, "1865")},
		{name: "numeric", data: rare, column: 1, keys: []string{"11865", "17"}, spec: Spec{Dialect: CSV}},
		{name: "escape", data: rare, column: 7, keys: many[:2], spec: Spec{Dialect: Dialect{',', '"', '\\'}}},
		{name: "lines", data: rare, column: 7, keys: many[:2], task: Task{Start: Lines}},
		{name: "lines/quoted", data: quoted, column: 4, keys: many[:2], task: Task{Start: Lines}},
		{name: "count", data: rare},
		{name: "count/quoted", data: quoted},
		{name: "count/spans", data: rare, spec: Spec{Spans: true, Each: true}},
	} {
		if c.spec.Delimiter == 0 {
			c.spec.Dialect = CSV
		}
		if c.keys != nil {
			where := append([]clause{{c.column, c.keys, c.name == "numeric"}}, c.more...)
			for i := range where {
				c.spec.Where = append(c.spec.Where, where[i].condition())
				c.task.Columns = append(c.task.Columns, where[i].column)
			}
		}
		b.Run(c.name, func(b *testing.B) {
			m, err := Compile(c.spec)
			if err != nil {
				b.Fatal(err)
			}
			s := m.Scanner()
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				r := s.Scan(c.data, c.task)
				s.Reuse(&r)
			}
		})
	}
}
