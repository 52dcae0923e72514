package charset

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// iconvNames are glibc's names for encodings of the WHATWG standard whose name means something else
// to glibc.
var iconvNames = map[string]string{
	"Shift_JIS":      "CP932", // its SHIFT_JIS has no ASCII '\\' and '~'
	"EUC-KR":         "UHC",
	"Big5":           "BIG5-HKSCS",
	"x-mac-cyrillic": "MAC-CYRILLIC",
}

// iconvDiffers reports which codes glibc 2.36 reads differently, or not at all.
var iconvDiffers = map[string]func(code string) bool{
	// It follows RFC 2319, with box drawing characters instead of what WHATWG takes from KOI8-RU.
	"KOI8-U": func(code string) bool { return code == "\xAE" || code == "\xBE" },
	// Its tables are older.
	"macintosh":      func(code string) bool { return code == "\xC6" || code == "\xF0" },
	"x-mac-cyrillic": func(code string) bool { return code == "\xFF" },
	"windows-1255":   func(code string) bool { return code == "\xCA" },
	// It omits the euro sign, what is for private use, and later additions.
	"GBK": func(code string) bool {
		_, private := missingGBK[[2]byte([]byte(code+" "))]
		return private || code == "\x80" || code == "\xA2\xE3" || code == "\xA8\xBF" ||
			"\xA9\x89" <= code && code <= "\xA9\x95" || code >= "\xFE\x50"
	},
	// What the encoding has twice, and the euro sign.
	"GB18030": func(code string) bool {
		return code == "\x80" || code == "\xA3\xA0" || len(code) == 4 && code >= "\x82\x35\x90\x37"
	},
	// Symbols and compatibility characters.
	"Big5": func(code string) bool { return true },
	// Microsoft's choice of symbols, and the rows of NEC and of IBM.
	"EUC-JP": func(code string) bool {
		return code[0] == 0xA1 || code[0] == 0xA2 || code[0] == 0xAD || code[0] >= 0xF9
	},
	"Shift_JIS": func(code string) bool { return code == "\x80" },
}

// What is a character here is the same in iconv, with known exceptions.
func TestIconv(t *testing.T) {
	iconv := peer.Named("iconv").Need(t)
	numbered := regexp.MustCompile(`([^\n]*)\n*=(\d+)=`)
	forEach(t, func(t *testing.T, c *Charset) {
		name := c.name
		if n, ok := iconvNames[name]; ok {
			name = n
		}
		if name == "x-user-defined" {
			t.Skip("only browsers have it")
		}
		var codes []string
		for code := range refCodes(c) {
			if code != "\n" {
				codes = append(codes, code)
			}
		}
		slices.Sort(codes)
		// An error may swallow more than one code; the numbers show where to continue.
		var in []byte
		for i, code := range codes {
			in = append(in, code+"\n\n="...)
			in = strconv.AppendInt(in, int64(i), 10)
			in = append(in, '=')
		}
		cmd := exec.Command(iconv, "-c", "-f", name, "-t", "UTF-8")
		cmd.Stdin = bytes.NewReader(in)
		out, err := cmd.Output()
		if len(out) == 0 {
			t.Skip("iconv does not have it: ", err)
		}
		theirs := make([]string, len(codes))
		for _, m := range numbered.FindAllSubmatch(out, -1) {
			i, _ := strconv.Atoi(string(m[2]))
			theirs[i] = string(m[1])
		}
		known, wrong := 0, 0
		for i, code := range codes {
			us := string(c.AppendUTF8(nil, []byte(code)))
			differs := iconvDiffers[c.name]
			switch {
			case us == theirs[i]:
			case differs != nil && differs(code):
				known++
			default:
				if wrong++; wrong < 20 {
					t.Errorf("% x is %q here, %q for iconv", code, us, theirs[i])
				}
			}
		}
		t.Logf("%d codes; %d differ as is known, %d otherwise", len(codes), known, wrong)
		if known > len(codes)/8 {
			t.Errorf("too many codes are known to differ")
		}
	})
}
