package charset

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Kind says how the bytes of an encoding become characters.
type Kind uint8

// The kinds.
const (
	UTF8    Kind = iota // needs no conversion
	UTF16               // in the byte order of its mark, or little-endian without one
	UTF16LE             // little-endian, even if a mark says otherwise
	UTF16BE             // big-endian, even if a mark says otherwise
	Bytes               // has a Charset
)

// Encoding is what a name refers to.
type Encoding struct {
	Name    string // the usual one
	Kind    Kind
	Charset *Charset // for Bytes only
}

// Lookup finds an encoding by a name from the WHATWG Encoding Standard, IANA or iconv. Case, '-',
// '_', spaces and a year as in ISO_8859-1:1987 do not matter. The error says that the encoding is
// unknown, or that it is not supported. The first look-up of a Charset builds its tables, which
// takes up to 1.5 ms on one core of a 2023 Xeon.
func Lookup(name string) (Encoding, error) {
	n := normal(name)
	for i := range unicodes {
		if u := &unicodes[i]; named(u.names, n) {
			return Encoding{Name: u.name, Kind: u.kind}, nil
		}
	}
	for i := range charsets {
		if c := &charsets[i]; named(c.names, n) {
			c.once.Do(c.build)
			return Encoding{Name: c.name, Kind: Bytes, Charset: c}, nil
		}
	}
	if named(unsupported, n) || strings.HasPrefix(n, "ebcdic") || strings.HasPrefix(n, "iso2022") {
		return Encoding{}, fmt.Errorf("encoding '%s' is not supported", name)
	}
	return Encoding{}, fmt.Errorf("unknown encoding '%s'", name)
}

// Names returns the usual name of each encoding that Lookup finds, in lower case.
func Names() []string {
	var names []string
	for i := range unicodes {
		names = append(names, strings.ToLower(unicodes[i].name))
	}
	for i := range charsets {
		names = append(names, strings.ToLower(charsets[i].name))
	}
	return names
}

// normal returns a name without what does not matter in it.
func normal(name string) string {
	name, _, _ = strings.Cut(name, ":")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '_' || r == ' ':
			return -1
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		}
		return r
	}, name)
}

// named reports whether a normal name is one of names, which are normal and between spaces.
func named(names, name string) bool {
	return name != "" && strings.Contains(names, " "+name+" ")
}

var unicodes = [...]struct {
	name  string
	kind  Kind
	names string
}{
	{"UTF-8", UTF8, " utf8 unicode11utf8 unicode20utf8 xunicode20utf8 csutf8 cp65001 "},
	{"UTF-16", UTF16, " utf16 ucs2 unicode csunicode iso10646ucs2 csutf16 "},
	{"UTF-16LE", UTF16LE, " utf16le ucs2le unicodelittle unicodefeff csutf16le cp1200 "},
	{"UTF-16BE", UTF16BE, " utf16be ucs2be unicodebig unicodefffe csutf16be cp1201 "},
}

// charsets are in the order of the WHATWG Encoding Standard, followed by those it does not have.
var charsets = [...]Charset{
	single("IBM866", charmap.CodePage866, " ibm866 866 cp866 csibm866 "),
	iso("ISO-8859-2", charmap.ISO8859_2, " iso88592 88592 latin2 l2 isoir101 csisolatin2 cp912 ibm912 "),
	iso("ISO-8859-3", charmap.ISO8859_3, " iso88593 88593 latin3 l3 isoir109 csisolatin3 "),
	iso("ISO-8859-4", charmap.ISO8859_4, " iso88594 88594 latin4 l4 isoir110 csisolatin4 "),
	iso("ISO-8859-5", charmap.ISO8859_5, " iso88595 88595 cyrillic isoir144 csisolatincyrillic cp915 ibm915 "),
	iso("ISO-8859-6", charmap.ISO8859_6, " iso88596 88596 iso88596e iso88596i csiso88596e csiso88596i arabic asmo708 ecma114 isoir127 csisolatinarabic cp1089 ibm1089 "),
	iso("ISO-8859-7", charmap.ISO8859_7, " iso88597 88597 greek greek8 elot928 ecma118 isoir126 csisolatingreek suneugreek cp813 ibm813 "),
	iso("ISO-8859-8", charmap.ISO8859_8, " iso88598 88598 iso88598e iso88598i csiso88598e csiso88598i hebrew visual logical isoir138 csisolatinhebrew cp916 ibm916 "),
	iso("ISO-8859-10", charmap.ISO8859_10, " iso885910 latin6 l6 isoir157 csisolatin6 "),
	iso("ISO-8859-13", charmap.ISO8859_13, " iso885913 latin7 l7 baltic isoir179 csiso885913 "),
	iso("ISO-8859-14", charmap.ISO8859_14, " iso885914 latin8 l8 isoceltic isoir199 csiso885914 "),
	iso("ISO-8859-15", charmap.ISO8859_15, " iso885915 latin9 l9 isoir203 csisolatin9 csiso885915 "),
	iso("ISO-8859-16", charmap.ISO8859_16, " iso885916 latin10 l10 isoir226 csiso885916 "),
	single("KOI8-R", charmap.KOI8R, " koi8r koi8 koi cskoi8r cp878 "),
	single("KOI8-U", charmap.KOI8U, " koi8u koi8ru cskoi8u "),
	single("macintosh", charmap.Macintosh, " macintosh mac xmacroman csmacintosh cp10000 "),
	single("windows-874", charmap.Windows874, " windows874 dos874 cp874 tis620 tis6200 iso885911 cswindows874 cstis620 "),
	single("windows-1250", charmap.Windows1250, " windows1250 cp1250 xcp1250 msee cswindows1250 "),
	single("windows-1251", charmap.Windows1251, " windows1251 cp1251 xcp1251 mscyrl cswindows1251 "),
	single("windows-1252", charmap.Windows1252, " windows1252 cp1252 xcp1252 msansi cswindows1252 "),
	single("windows-1253", charmap.Windows1253, " windows1253 cp1253 xcp1253 msgreek cswindows1253 "),
	single("windows-1254", charmap.Windows1254, " windows1254 cp1254 xcp1254 msturk cswindows1254 "),
	single("windows-1255", charmap.Windows1255, " windows1255 cp1255 xcp1255 mshebr cswindows1255 "),
	single("windows-1256", charmap.Windows1256, " windows1256 cp1256 xcp1256 msarab cswindows1256 "),
	single("windows-1257", charmap.Windows1257, " windows1257 cp1257 xcp1257 winbaltrim cswindows1257 "),
	single("windows-1258", charmap.Windows1258, " windows1258 cp1258 xcp1258 cswindows1258 "),
	single("x-mac-cyrillic", charmap.MacintoshCyrillic, " xmaccyrillic maccyrillic xmacukrainian macukrainian macuk "),
	multi("GBK", simplifiedchinese.GBK, gbk, " gbk xgbk cp936 ms936 windows936 gb2312 gb231280 euccn cngb gb chinese isoir58 csgb2312 csiso58gb231280 csgbk "),
	multi("GB18030", simplifiedchinese.GB18030, gb18030, " gb18030 cp54936 csgb18030 "),
	multi("Big5", traditionalchinese.Big5, twoBytes, " big5 bigfive cnbig5 xxbig5 cp950 windows950 big5hkscs csbig5 csbig5hkscs "),
	multi("EUC-JP", japanese.EUCJP, eucJP, " eucjp xeucjp ujis cseucpkdfmtjapanese extendedunixcodepackedformatforjapanese "),
	multi("Shift_JIS", japanese.ShiftJIS, shiftJIS, " shiftjis sjis xsjis mskanji ms932 cp932 windows932 windows31j csshiftjis cswindows31j "),
	multi("EUC-KR", korean.EUCKR, twoBytes, " euckr uhc cp949 mscp949 windows949 korean ksc56011987 ksc56011989 ksc5601 isoir149 cseuckr csksc56011987 "),
	single("x-user-defined", charmap.XUserDefined, " xuserdefined "),

	single("US-ASCII", encoding.Nop, " usascii ascii ansix3.41968 ansix3.41986 ansix3.4 iso646us iso646.irv isoir6 us cp367 ibm367 csascii "),
	iso("ISO-8859-1", charmap.ISO8859_1, " iso88591 88591 latin1 l1 isoir100 cp819 ibm819 csisolatin1 "),
	iso("ISO-8859-9", charmap.ISO8859_9, " iso88599 88599 latin5 l5 isoir148 csisolatin5 cp920 ibm920 "),
	single("IBM437", charmap.CodePage437, " ibm437 437 cp437 cspc8codepage437 "),
	single("IBM850", charmap.CodePage850, " ibm850 850 cp850 cspc850multilingual "),
	single("IBM852", charmap.CodePage852, " ibm852 852 cp852 cspcp852 "),
	single("IBM855", charmap.CodePage855, " ibm855 855 cp855 csibm855 "),
	single("IBM858", charmap.CodePage858, " ibm858 858 cp858 ibm00858 cp00858 ccsid00858 csibm00858 pcmultilingual850+euro cspc858multilingual "),
	single("IBM860", charmap.CodePage860, " ibm860 860 cp860 csibm860 "),
	single("IBM862", charmap.CodePage862, " ibm862 862 cp862 cspc862latinhebrew "),
	single("IBM863", charmap.CodePage863, " ibm863 863 cp863 csibm863 "),
	single("IBM865", charmap.CodePage865, " ibm865 865 cp865 csibm865 "),
}

// unsupported are names of encodings that have states, or in which ASCII bytes are not ASCII, and
// of a few other well-known ones.
const unsupported = " replacement csiso2022kr csiso2022jp csiso2022jp2 csiso2022cn csiso2022cnext" +
	" cp50220 cp50221 cp50222 hz hzgb2312 cp52936" +
	" utf7 utf7imap unicode11utf7 cp65000 csutf7 csunicode11utf7 scsu bocu1 cesu8 utf1 utfebcdic" +
	" utf32 utf32le utf32be csutf32 csutf32le csutf32be cp12000 cp12001" +
	" ucs4 ucs4le ucs4be csucs4 iso10646ucs4 wchart" +
	" cp037 ibm037 csibm037 cp500 ibm500 csibm500 cp1026 ibm1026 cp1047 ibm1047 csibm1047" +
	" cp1140 ibm1140 ibm01140 cp01140 ccsid01140 csibm01140" +
	" euctw johab cp1361 cp1388 cp930 cp933 cp935 cp937 cp939 gb12345" +
	" shiftjisx0213 shiftjis2004 eucjisx0213 eucjis2004 eucjpms" +
	" viscii tcvn tcvn57121 tscii koi8t armscii8 georgianps georgianacademy "
