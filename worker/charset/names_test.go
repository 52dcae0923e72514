package charset

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{
		"GB18030": "GB18030", "gb2312": "GBK", "EUC-CN": "GBK", "eucCN": "GBK", "CP936": "GBK", "gbk": "GBK",
		"BIG5": "Big5", "big5-hkscs": "Big5", "CP950": "Big5", "BIG5HKSCS": "Big5",
		"SHIFT_JIS": "Shift_JIS", "shift-jis": "Shift_JIS", "SJIS": "Shift_JIS", "CP932": "Shift_JIS",
		"MS_KANJI": "Shift_JIS", "windows-31j": "Shift_JIS",
		"EUC-JP": "EUC-JP", "eucJP": "EUC-JP", "EUC-KR": "EUC-KR", "CP949": "EUC-KR", "UHC": "EUC-KR",
		"ISO-8859-1": "ISO-8859-1", "ISO8859-1": "ISO-8859-1", "iso88591": "ISO-8859-1", "LATIN1": "ISO-8859-1",
		"L1": "ISO-8859-1", "ISO_8859-1:1987": "ISO-8859-1", "ISO-8859-15": "ISO-8859-15", "8859_5": "ISO-8859-5",
		"WINDOWS-1252": "windows-1252", "cp1252": "windows-1252", "KOI8-R": "KOI8-R", "koi8u": "KOI8-U",
		"MACINTOSH": "macintosh", "IBM866": "IBM866", "cp866": "IBM866", "CP437": "IBM437",
		"ANSI_X3.4-1968": "US-ASCII", "ascii": "US-ASCII", "US-ASCII": "US-ASCII",
		"UTF-8": "UTF-8", "utf8": "UTF-8", "UTF-16": "UTF-16", "utf16le": "UTF-16LE", "UTF_16BE": "UTF-16BE",
		"UCS-2": "UTF-16", "UnicodeBig": "UTF-16BE",
	} {
		e, err := Lookup(name)
		if err != nil || e.Name != want || (e.Kind == Bytes) != (e.Charset != nil) {
			t.Errorf("%s: %+v, %v; want %s", name, e, err, want)
		}
		if c := e.Charset; c != nil && c.name != e.Name {
			t.Errorf("%s: %s", name, c.name)
		}
	}
	for name, want := range map[string]string{
		"":           "unknown encoding ''",
		"--":         "unknown encoding '--'",
		"utf-9":      "unknown encoding 'utf-9'",
		"gbk big5":   "unknown encoding 'gbk big5'",
		"UTF-32":     "encoding 'UTF-32' is not supported",
		"UTF-7":      "encoding 'UTF-7' is not supported",
		"HZ":         "encoding 'HZ' is not supported",
		"IBM037":     "encoding 'IBM037' is not supported",
		"EBCDIC-US":  "encoding 'EBCDIC-US' is not supported",
		"ISO-2022-X": "encoding 'ISO-2022-X' is not supported",
	} {
		if e, err := Lookup(name); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v", name, e, err)
		}
	}
}

// Each usual name is found.
func TestUsualNames(t *testing.T) {
	names := Names()
	for _, name := range names {
		if e, err := Lookup(name); err != nil || !strings.EqualFold(e.Name, name) {
			t.Errorf("%s: %s, %v", name, e.Name, err)
		}
	}
	if n := len(unicodes) + len(charsets); len(names) != n || !slices.Contains(names, "gb18030") {
		t.Errorf("%d names of %d encodings: %q", len(names), n, names)
	}
}

// No name belongs to two encodings, and all are normal.
func TestNames(t *testing.T) {
	lists := []string{unsupported}
	for i := range unicodes {
		lists = append(lists, unicodes[i].names)
	}
	for i := range charsets {
		lists = append(lists, charsets[i].names)
		if !named(charsets[i].names, normal(charsets[i].name)) {
			t.Errorf("%s is not among its names", charsets[i].name)
		}
	}
	var all []string
	for _, list := range lists {
		if list[0] != ' ' || list[len(list)-1] != ' ' || strings.Contains(list, "  ") {
			t.Errorf("%q", list)
		}
		for _, name := range strings.Fields(list) {
			if normal(name) != name {
				t.Errorf("%q is not normal", name)
			}
			all = append(all, name)
		}
	}
	slices.Sort(all)
	for i := range all[1:] {
		if all[i] == all[i+1] {
			t.Errorf("%q occurs twice", all[i])
		}
	}
}

// All labels of the WHATWG standard that htmlindex has belong to the same encoding here, except
// where the package comment says otherwise.
func TestWHATWG(t *testing.T) {
	otherwise := map[string]string{
		"windows-1252": "ISO-8859-1 US-ASCII", "windows-1254": "ISO-8859-9",
		"iso-8859-8-i": "ISO-8859-8", "utf-16le": "UTF-16",
		"iso-2022-jp": "", "replacement": "",
	}
	for _, label := range strings.Fields(whatwgLabels) {
		e, err := htmlindex.Get(label)
		if err != nil {
			t.Fatal(label, err)
		}
		want, err := htmlindex.Name(e)
		if err != nil {
			t.Fatal(label, err)
		}
		got, err := Lookup(label)
		if other, ok := otherwise[want]; ok && (err != nil) == (other == "") &&
			slices.Contains(append(strings.Fields(other), ""), got.Name) {
			continue
		}
		if err != nil || !strings.EqualFold(got.Name, want) {
			t.Errorf("%s: %s, %v; want %s", label, got.Name, err, want)
		}
	}
}

const whatwgLabels = `
unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 866 cp866 csibm866
ibm866 csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 csisolatingreek ecma-118
elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987
sun_eu_greek csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8
iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical csisolatin6
iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-13 iso8859-13 iso885913
iso-8859-14 iso8859-14 iso885914 csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
iso-8859-16 cskoi8r koi koi8 koi8-r koi8_r koi8-ru koi8-u csmacintosh mac macintosh x-mac-roman
dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251
windows-1251 x-cp1251 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100
iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 cp1253
windows-1253 x-cp1253 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9
iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254 cp1255 windows-1255 x-cp1255 cp1256 windows-1256
x-cp1256 cp1257 windows-1257 x-cp1257 cp1258 windows-1258 x-cp1258 x-mac-cyrillic
x-mac-ukrainian chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk
gb18030 big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csiso2022jp
iso-2022-jp csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cseuckr
csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
windows-949 csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement
unicodefffe utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le
x-user-defined
`

// IANA's names for encodings that are here are known, and are read as the encoding that x/text has
// for them.
func TestIANA(t *testing.T) {
	for _, name := range strings.Fields(ianaNames) {
		got, err := Lookup(name)
		if err != nil {
			t.Error(err)
			continue
		}
		e, err := ianaindex.IANA.Encoding(name)
		if err != nil || e == nil || got.Kind != Bytes || got.Name == "US-ASCII" {
			continue
		}
		theirs, _ := ianaindex.IANA.Name(e)
		ours, err := ianaindex.IANA.Name(got.Charset.source)
		if err != nil || !strings.HasPrefix(normal(theirs), normal(ours)) { // which may be -E or -I
			t.Errorf("%s: %s, %v; want %s", name, ours, err, theirs)
		}
	}
}

const ianaNames = `
ISO-10646-UCS-2 csUnicode UTF-16BE csUTF16BE UTF-16LE csUTF16LE UTF-16 csUTF16 UTF-8 csUTF8
ISO-8859-13 csISO885913 ISO_8859-7:1987 iso-ir-126 ISO_8859-7 ISO-8859-7 ELOT_928 ECMA-118 greek
greek8 csISOLatinGreek ISO-8859-14 iso-ir-199 ISO_8859-14:1998 ISO_8859-14 latin8 iso-celtic l8
csISO885914 ISO-8859-15 ISO_8859-15 Latin-9 csISO885915 ISO-8859-16 iso-ir-226 ISO_8859-16:2001
ISO_8859-16 latin10 l10 csISO885916 GBK CP936 MS936 windows-936 csGBK GB18030 csGB18030
ISO_8859-8:1988 iso-ir-138 ISO_8859-8 ISO-8859-8 hebrew csISOLatinHebrew ISO_8859-9:1989
iso-ir-148 ISO_8859-9 ISO-8859-9 latin5 l5 csISOLatin5 ISO-8859-10 iso-ir-157 l6
ISO_8859-10:1992 csISOLatin6 latin6 Shift_JIS MS_Kanji csShiftJIS
Extended_UNIX_Code_Packed_Format_for_Japanese csEUCPkdFmtJapanese EUC-JP IBM850 cp850 850
csPC850Multilingual IBM852 cp852 852 csPCp852 IBM437 cp437 437 csPC8CodePage437 IBM862 cp862 862
csPC862LatinHebrew Windows-31J csWindows31J GB2312 csGB2312 Big5 csBig5 macintosh mac
csMacintosh IBM855 cp855 855 csIBM855 IBM860 cp860 860 csIBM860 IBM863 cp863 863 csIBM863 IBM865
cp865 865 csIBM865 KOI8-R csKOI8R IBM866 cp866 866 csIBM866 KOI8-U csKOI8U IBM00858 CCSID00858
CP00858 PC-Multilingual-850+euro csIBM00858 Big5-HKSCS csBig5HKSCS windows-874 cswindows874
windows-1250 cswindows1250 windows-1251 cswindows1251 windows-1252 cswindows1252 windows-1253
cswindows1253 windows-1254 cswindows1254 windows-1255 cswindows1255 windows-1256 cswindows1256
windows-1257 cswindows1257 windows-1258 cswindows1258 TIS-620 csTIS620 ISO-8859-11
KS_C_5601-1987 iso-ir-149 KS_C_5601-1989 KSC_5601 korean csKSC56011987 EUC-KR csEUCKR US-ASCII
iso-ir-6 ANSI_X3.4-1968 ANSI_X3.4-1986 ISO_646.irv:1991 ISO646-US us IBM367 cp367 csASCII
ISO_8859-1:1987 iso-ir-100 ISO_8859-1 ISO-8859-1 latin1 l1 IBM819 CP819 csISOLatin1
ISO_8859-2:1987 iso-ir-101 ISO_8859-2 ISO-8859-2 latin2 l2 csISOLatin2 ISO_8859-3:1988
iso-ir-109 ISO_8859-3 ISO-8859-3 latin3 l3 csISOLatin3 ISO_8859-4:1988 iso-ir-110 ISO_8859-4
ISO-8859-4 latin4 l4 csISOLatin4 ISO_8859-6-E csISO88596E ISO-8859-6-E ISO_8859-6-I csISO88596I
ISO-8859-6-I ISO_8859-8-E csISO88598E ISO-8859-8-E ISO_8859-8-I csISO88598I ISO-8859-8-I
ISO_8859-5:1988 iso-ir-144 ISO_8859-5 ISO-8859-5 cyrillic csISOLatinCyrillic ISO_8859-6:1987
iso-ir-127 ISO_8859-6 ISO-8859-6 ECMA-114 ASMO-708 arabic csISOLatinArabic
`
