package print

import (
	"errors"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/gnu"
)

func TestCounts(t *testing.T) {
	twice := []string{"a b", "\xff<"}
	for _, test := range []struct {
		counts Counts
		names  []string
		want   string
	}{
		{Counts{Total: "auto"}, []string{"a"}, "1 20 a\n"},
		{Counts{Total: "auto"}, twice, "1 20 a b\n1 20 \xff<\n2 40 total\n"},
		{Counts{Total: "auto", Inputs: 2}, []string{"a"}, "1 20 a\n1 20 total\n"},
		{Counts{Total: "auto", Columns: gnu.Columns{Width: 3}}, []string{"a"}, "  1  20 a\n"},
		{Counts{Total: "auto"}, []string{""}, "1 20\n"},
		{Counts{Total: "always"}, []string{"a"}, "1 20 a\n1 20 total\n"},
		{Counts{Total: "never", Inputs: 2}, twice, "1 20 a b\n1 20 \xff<\n"},
		{Counts{Total: "only", Inputs: 2}, twice, "2 40\n"},
		{Counts{Total: "auto", JSON: true}, twice, `{"bytes":20,"file":"a b","lines":1}
{"bytes":20,"file":{"bytes":"/zw="},"lines":1}
{"bytes":40,"lines":2,"total":true}
`},
		{Counts{Total: "auto", JSON: true}, []string{"<&>"},
			`{"bytes":20,"file":"<&>","lines":1}` + "\n"},
	} {
		var out strings.Builder
		c := test.counts
		c.Keys, c.Out = []string{"lines", "bytes"}, &out
		sums := []int64{0, 0}
		for _, name := range test.names {
			sums[0], sums[1] = sums[0]+1, sums[1]+20
			if err := c.Row(name, name != "", []int64{1, 20}); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Totals(sums); err != nil {
			t.Fatal(err)
		}
		if out.String() != test.want {
			t.Errorf("%+v of %q:\n%swant\n%s", test.counts, test.names, out.String(), test.want)
		}
	}
	c := Counts{Total: "always", Out: broken{}}
	if err := c.Row("a", true, []int64{1}); err != errBroken {
		t.Errorf("a row: %v", err)
	}
	if err := c.Totals([]int64{1}); err != errBroken {
		t.Errorf("the sums: %v", err)
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }
