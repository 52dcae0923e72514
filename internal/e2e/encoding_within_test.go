//go:build unix

package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEncodingWithin has strings, keys and delimiters whose bytes occur in a file from the middle
// of a character on.
func TestEncodingWithin(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	p := program{dir: dir, env: []string{"LC_ALL=C"}}
	for _, c := range []struct {
		encoding string
		text     string
		within   []string // occur in text where no character starts
	}{
		{"gb18030", "\u0080\u0080", []string{"0"}},
		{"gb18030", "ĉa", []string{"0", "6", "6a"}},
		{"gb18030", "😀😀", []string{"9", "6", "6😀"}},
		{"gb18030", "😀ĉ", []string{"6ĉ"}},
		{"gb18030", "丂a", []string{"@", "@a"}},
		{"gb18030", "汉字", []string{"鹤"}},
		{"gb18030", "字字", []string{"肿"}},
		{"GBK", "亅a", []string{"|", "|a"}},
		{"GBK", "中文", []string{"形"}},
		{"Shift_JIS", "ソa", []string{`\`, `\a`}},
		{"Shift_JIS", "ポa", []string{"|", "|a"}},
		{"Shift_JIS", "表表", []string{`\`, `\表`}},
		{"Shift_JIS", "漢字", []string{"ｿ", "ｿ字"}},
		{"Shift_JIS", "アイ", []string{"A", "C", "Aイ"}},
		{"Big5", "功a", []string{`\`, `\a`}},
		{"Big5", "育a", []string{"|", "|a"}},
		{"Big5", "一一", []string{"@", "@一"}},
		{"EUC-JP", "漢字", []string{"岨"}},
		{"EUC-KR", "한글", []string{"畸"}},
	} {
		i := slices.IndexFunc(codings, func(known coding) bool {
			return strings.EqualFold(known.name, c.encoding)
		})
		for _, s := range c.within {
			// Also in long lines, and next to real matches.
			text := strings.Repeat(c.text+"\n", 9) + strings.Repeat(c.text, 30) + "\n" +
				c.text + s + "\n" + c.text + "\n" + s + "\n"
			writeFile(t, filepath.Join(dir, "f"), codings[i].encode(text))
			runs++
			how := []string{
				"--mode=" + modes[runs%len(modes)], "--range-size=40", "--encoding=" + c.encoding,
				"--output-encoding=utf-8", "f",
			}
			for _, run := range []struct {
				args []string
				want string
			}{
				{[]string{"grep", "-nF", "-e", s}, "11:" + c.text + s + "\n13:" + s + "\n"},
				{[]string{"grep", "-cF", "-e", s}, "2\n"},
				{[]string{"grep", "-cvF", "-e", s, "-e", "none"}, "11\n"},
				{[]string{"grep", "-onF", "-e", s}, "11:" + s + "\n13:" + s + "\n"},
				{[]string{"filter", "-n", "--key", s}, "13:" + s + "\n"},
				{[]string{"filter", "-c", "--column=2", "--no-quote", "--delimiter", s[:1], "-k", s[1:]}, "2\n"},
			} {
				if s[0] >= 0x80 && run.args[1] == "-c" {
					continue // cannot be a delimiter
				}
				got := p.run(t, "linefork", append(run.args, how...)...)
				if got != (result{stdout: run.want}) {
					t.Errorf("%q of %q\ngave %#v\nwant %q", append(run.args, how...),
						text, got, run.want)
				}
			}
		}
	}
}
