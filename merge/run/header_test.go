package run_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/rows"
)

func TestColumnNames(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = io.WriteString(w, "id,\"a\nb\"\n1,2\n")
	w.Close()
	semicolon := rows.CSV
	semicolon.Delimiter = ';'
	for _, test := range []struct {
		data       string
		csv        run.CSV
		decompress bool
		want       []string // nil: an error
	}{
		{"id,day\n1,2\n", run.CSV{}, false, []string{"id", "day"}},
		{"\ufeffid,day", run.CSV{}, false, []string{"id", "day"}},
		{"id;a,b\n", run.CSV{Dialect: &semicolon}, false, []string{"id", "a,b"}},
		{packed.String(), run.CSV{}, true, []string{"id", "a\nb"}},
		{"\xb1\xe0\xba\xc5,v\n", run.CSV{Encoding: run.Encoding{Name: "gb18030"}}, false,
			[]string{"编号", "v"}},
		{"\xff\xfei\x00d\x00,\x00x\x00\n\x00", run.CSV{}, false, []string{"id", "x"}},
		{"\"open\n", run.CSV{}, false, nil},
		{"\"open,x\n", run.CSV{Lax: true}, false, []string{"\"open", "x"}},
		{"id\n", run.CSV{Encoding: run.Encoding{Name: "klingon"}}, false, nil},
	} {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(test.data), 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := run.ColumnNames(path, test.csv, test.decompress)
		if !slices.Equal(got, test.want) || (err != nil) != (test.want == nil) {
			t.Errorf("%q: %q, %v, want %q", test.data, got, err, test.want)
		}
	}
	if _, err := run.ColumnNames(filepath.Join(t.TempDir(), "missing"), run.CSV{}, false); err == nil {
		t.Error("a missing file has names")
	}
}
