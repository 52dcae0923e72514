package perl

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestFold compares which pairs of characters differ only in case, and what a class of one of them
// matches.
func TestFold(t *testing.T) {
	var lines []string
	for r := rune('A'); r <= 0x1e943; r++ {
		others := []rune{
			unicode.ToLower(r), unicode.ToUpper(r), unicode.ToTitle(r), unicode.SimpleFold(r),
		}
		slices.Sort(others)
		for _, other := range slices.Compact(others) {
			if other != r {
				lines = append(lines, string(r)+string(other))
			}
		}
	}
	t.Log(len(lines), "pairs")
	o := Options{UTF8: true, FoldCase: true}
	compare(t, `^(.)\1$`, o, lines)
	compare(t, `^[a-zß-ýΣДk-ſ\x{1c4}-\x{1cc}\x{10400}-\x{10410}]+$`, o, lines)
	compare(t, `^[^a-zß-ýΣДk-ſ\x{1c4}-\x{1cc}\x{10400}-\x{10410}]+$`, o, lines)
}

var properties = []string{"L", "Lu", "Ll", "Lt", "Lm", "Lo", "L&", "Lc", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
	"P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cn",
	"Co", "Cs", "Any", "Xan", "Xsp", "Xps", "Xwd", "Xuc", "ascii", "alphabetic", "lowercase", "Upper Case", "math",
	"sc:Greek", "script=Latin", "sc=Han", "sc:cyrillic", "white_space", "dash", "hexdigit", "ideographic", "quotation-mark", "^lu"}

// TestProperties compares one line for each character, of all blocks that Unicode has not changed
// for long, or of all with PROPERTIES set.
func TestProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(seed(), 4))
	var lines []string
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r == '\n' || !utf8.ValidRune(r) {
			continue
		}
		if os.Getenv("PROPERTIES") != "" || r < 0x200 || 0x370 <= r && r < 0x500 && random.IntN(4) == 0 ||
			0x2000 <= r && r < 0x2c00 && random.IntN(20) == 0 ||
			0x4e00 <= r && random.IntN(3000) == 0 && r < 0x9000 {
			lines = append(lines, string(r))
		}
	}
	for _, name := range properties {
		for _, o := range []Options{{UTF8: true}, {}} {
			compare(t, `^\p{`+name+`}$`, o, lines)
		}
	}
	for _, pattern := range []string{`\w`, `\W`, `\d`, `\D`, `\s`, `\S`, `\h`, `\H`, `\v`, `\V`, `\R`, `\N`, `.`, `[[:alpha:]]`, `[[:^alpha:]]`,
		`[[:punct:]]`, `[^\w]`, `[\D]`, `[[:print:]]`, `[[:cntrl:]]`, `[[:blank:]]`, `[[:ascii:]]`, `\X`, `\b`} {
		for _, prefix := range []string{"", "(*UCP)", "(*NO_JIT)"} {
			if prefix == "(*UCP)" && (pattern == `[[:punct:]]` || pattern == `[[:print:]]`) {
				continue // not supported
			}
			compare(t, prefix+`^`+pattern, Options{UTF8: true}, lines)
			compare(t, prefix+`^`+pattern, Options{}, lines)
		}
	}
}
