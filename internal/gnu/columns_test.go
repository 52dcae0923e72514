package gnu

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/linefork/linefork/internal/locale"
)

func TestWidth(t *testing.T) {
	info := func(mode fs.FileMode, size int) fs.FileInfo {
		fsys := fstest.MapFS{"f": {Mode: mode, Data: make([]byte, size)}}
		info, err := fsys.Stat("f")
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	small, large := info(0, 9), info(0, 123456)
	dir, pipe := info(fs.ModeDir, 4096), info(fs.ModeNamedPipe, 0)
	tests := []struct {
		name    string
		files   []fs.FileInfo
		numbers int
		want    int
	}{
		{"one number", []fs.FileInfo{large}, 1, 1},
		{"one number of a pipe", []fs.FileInfo{pipe}, 1, 1},
		{"one file", []fs.FileInfo{large}, 3, 6},
		{"pipe", []fs.FileInfo{pipe}, 3, 7},
		{"sum", []fs.FileInfo{small, small}, 1, 2},
		{"directory", []fs.FileInfo{small, dir}, 1, 7},
		{"missing first", []fs.FileInfo{nil, large}, 1, 6},
		{"missing only", []fs.FileInfo{nil, nil}, 3, 1},
		{"names from a pipe", nil, 3, 1},
	}
	for _, test := range tests {
		if got := Width(test.files, test.numbers); got != test.want {
			t.Errorf("%s: Width = %d, want %d", test.name, got, test.want)
		}
	}
}

func TestAppendRow(t *testing.T) {
	tests := []struct {
		columns Columns
		numbers []int64
		name    string
		hasName bool
		want    string
	}{
		{Columns{}, []int64{12}, "", false, "12\n"},
		{Columns{Width: 1}, []int64{1, 22, 333}, "a", true, "1 22 333 a\n"},
		{Columns{Width: 5}, []int64{1, 22, 333333}, "a b", true, "    1    22 333333 a b\n"},
		{Columns{Width: 1}, []int64{1}, "", true, "1 \n"},
		{Columns{Width: 1}, []int64{1}, "a\tb\xff", true, "1 a\tb\xff\n"},
		{Columns{Width: 1, Locale: locale.C}, []int64{1}, "é\n", true, "1 ''$'\\303\\251\\n'\n"},
		{Columns{Width: 1, Locale: locale.UTF8}, []int64{1}, "é\n", true, "1 'é'$'\\n'\n"},
	}
	for _, test := range tests {
		got := string(test.columns.AppendRow([]byte("x"), test.numbers, test.name, test.hasName))
		if got != "x"+test.want {
			t.Errorf("AppendRow(%v, %q) = %q, want %q", test.numbers, test.name, got, "x"+test.want)
		}
	}
}

func TestAppendRowAllocates(t *testing.T) {
	dst := make([]byte, 0, 100)
	numbers := []int64{1, 22, 333}
	n := testing.AllocsPerRun(100, func() {
		_ = Columns{Width: 7}.AppendRow(dst, numbers, "name", true)
	})
	if n != 0 {
		t.Errorf("AppendRow allocates %v times", n)
	}
}
