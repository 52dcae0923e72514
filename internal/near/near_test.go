package near

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWord(t *testing.T) {
	all := strings.Fields("count grep filter bench generate keys-file key columns column " +
		"gb18030 GBK 编号 no-filename")
	for typed, want := range map[string]string{
		"cuont": "count", "gerp": "grep", "gre": "grep", "grepp": "grep", "fliter": "filter",
		"fitler": "filter", "filtre": "filter", "filer": "filter", "FILTER": "filter",
		"benhc": "bench", "genrate": "generate", "generator": "generate", "keysfile": "keys-file",
		"colum": "column", "columnss": "columns", "gb18300": "gb18030", "gbkk": "GBK",
		"编号好": "编号", "no-filenme": "no-filename",
		"gen": "generate", "NO-F": "no-filename", "col": "", "ge": "",

		"": "", "c": "", "x": "", "go": "", "wc": "", "cat": "", "sort": "", "klingon": "",
		"counting": "", "nonsense": "", "編碼": "",
	} {
		if got := Word(typed, all); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if got := Word("count", nil); got != "" {
		t.Errorf("of no words: %q", got)
	}
}

// slips is the distance as it is defined.
func slips(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	last, other := len(a)-1, len(b)-1
	substituted := slips(a[:last], b[:other])
	if a[last] != b[other] {
		substituted++
	}
	d := min(slips(a[:last], b)+1, slips(a, b[:other])+1, substituted)
	if last > 0 && other > 0 && a[last] == b[other-1] && a[last-1] == b[other] {
		d = min(d, slips(a[:last-1], b[:other-1])+1)
	}
	return d
}

func TestDistance(t *testing.T) {
	word := rapid.Map(rapid.StringMatching(`[abcé]{0,6}`), func(s string) []rune { return []rune(s) })
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		got, want := distance(a, b, limit), slips(a, b)
		if got != want && (got < limit || want < limit) {
			t.Errorf("%q, %q below %d: %d, want %d", string(a), string(b), limit, got, want)
		}
	})
}
