package rows

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPutLines(t *testing.T) {
	long := strings.Repeat("x", listBuffer+1)
	for _, test := range []struct {
		name    string
		text    string
		numeric bool
		want    []string
		err     string
	}{
		{"nothing", "", false, nil, ""},
		{"lines", "a\nb\n", false, []string{"a", "b"}, ""},
		{"the last without LF", "a\nb", false, []string{"a", "b"}, ""},
		{"CR LF", "a\r\nb\r", false, []string{"a", "b"}, ""},
		{"CR within", "a\rb\n", false, []string{"a\rb"}, ""},
		{"empty lines", "\n\r\na", false, []string{"", "", "a"}, ""},
		{"longer than the buffer", long + "\nb", false, []string{long, "b"}, ""},
		{"a mark", "\xef\xbb\xbfa\n\xef\xbb\xbfb", false, []string{"a", "\xef\xbb\xbfb"}, ""},
		{"a mark alone", "\xef\xbb\xbf", false, nil, ""},
		{"a mark and an empty line", "\xef\xbb\xbf\n", false, []string{""}, ""},
		{"UTF-16LE", "\xff\xfea\x00\n\x00\xe9\x00", false, []string{"a", "é"}, ""},
		{"UTF-16BE", "\xfe\xff\x00a\x00\r\x00\n", false, []string{"a"}, ""},
		{"bytes", "\xff\n", false, []string{"\xff"}, ""},
		{"numbers", "011865\n1.50\n", true, []string{"11865e5", "15e1"}, ""},
		{"no number", "1\nx\n2", true, []string{"1e1"}, `line 2: key "x" is not a number`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole":    strings.NewReader(test.text),
				"bytewise": iotest.OneByteReader(strings.NewReader(test.text)),
			} {
				k := new(Keys)
				err := k.PutLines(r, test.numeric)
				var got []string
				for i := range k.Len() {
					got = append(got, string(k.At(i)))
				}
				message := ""
				if err != nil {
					message = err.Error()
				}
				if !slices.Equal(got, test.want) || message != test.err {
					t.Errorf("%s: %.40q, %v, want %.40q, %s", name, got, err, test.want, test.err)
				}
			}
		})
	}
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken))
	if err := new(Keys).PutLines(r, false); err != broken {
		t.Errorf("of a reader that breaks: %v", err)
	}
}

func TestCheckUTF8(t *testing.T) {
	if err := NewKeys("a", "é", "").CheckUTF8(); err != nil {
		t.Error(err)
	}
	err := NewKeys("a", "\xe9").CheckUTF8()
	if err == nil || !strings.Contains(err.Error(), `"\xe9"`) {
		t.Errorf("of a key in Latin-1: %v", err)
	}
}
