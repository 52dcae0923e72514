// Package charset reads text in encodings other than UTF-8, and searches in it without converting
// it.
//
//	e, err := charset.Lookup("gb18030")
//	…
//	switch e.Kind {
//	case charset.UTF8: // nothing to do
//	case charset.Bytes:
//		if code, ok := e.Charset.Literal(needle); ok {
//			… // search for code, and check what is found with Boundary
//		} else {
//			text = e.Charset.AppendUTF8(text[:0], line)
//			… // search in text
//		}
//	default:
//		r := charset.NewUTF16Reader(input, e.Kind, workers)
//		defer r.Close()
//		… // r returns UTF-8
//	}
//
// # Text of bytes
//
// A [Charset] is an encoding in which ASCII bytes are usually ASCII, and LF and NUL always are, so
// that text can be cut into lines, and these into ranges, without converting it. Some encodings
// have characters of several bytes, of which a later one may look like ASCII: letters, '|' and '\\'
// in Big5, GBK and Shift_JIS, digits in GB18030. Such a byte, or the second half of one character
// with the first half of the next, is not what it seems; Trailing and Boundary tell.
//
// What is a character is decided byte by byte: if none starts at a byte, that byte is [Invalid],
// and the next one is examined afresh. Programs see text this way if they read multibyte characters
// with mbrtowc and skip one byte at an error. The WHATWG Encoding Standard takes some pairs of
// wrong bytes for one error.
//
// # Names and tables
//
// The encodings are those of the WHATWG Encoding Standard, and their tables those of
// golang.org/x/text, with these exceptions:
//
//   - ISO-8859-1, ISO-8859-9 and US-ASCII, by all their names, are what they say,
//     as in iconv, and not windows-1252 or windows-1254: 0x80 to 0x9F are control
//     characters in the former two, and no byte from 0x80 on is a character in
//     ASCII. In the other parts of ISO 8859, too, 0x80 to 0x9F are control
//     characters, but TIS-620 and ISO-8859-11 are windows-874.
//   - What x/text leaves out of GBK, GB18030 and Shift_JIS is there, such as
//     characters for private use. GB18030 is that of 2005, in which characters
//     that Unicode has since added are no longer private.
//   - GB2312, EUC-CN and CP936 are GBK, which has no characters of four bytes:
//     its digits are digits. Text with such characters must be read as GB18030.
//   - UTF-16 without a byte order in its name has that of its mark, or is
//     little-endian.
//   - IBM's old code pages that x/text has are there, such as 437 and 850.
//
// As in the standard, EUC-KR is UHC (CP949), Shift_JIS is CP932 and has '\\' and '~', and Big5 has
// the Hong Kong characters. In EUC-JP and Shift_JIS some symbols, such as the wave dash, are those
// that Microsoft chose; iconv has others for EUC-JP and SHIFT_JIS, but the same for CP932.
//
// Encodings with states (ISO-2022, HZ, UTF-7), without ASCII (EBCDIC) and with units of four bytes
// (UTF-32) are known but not supported.
//
// # UTF-16
//
// UTF-16 is converted to UTF-8 before anything else is done with it. A byte order mark is text,
// U+FEFF. Unpaired surrogates become what WTF-8 has for them, which is not valid UTF-8 but converts
// back to the same bytes with [AppendUTF16].
package charset
