package run

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/near"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/worker/charset"
)

// byteOrderMark is the character that a text may begin with.
const byteOrderMark = '\ufeff'

// hint says why a column may not be found in a header, which has no mark.
func (t *table) hint(c Column, header []byte, fields [][]byte) string {
	if h := t.hintAtForm(header); h != "" {
		return h
	}
	if c.Name != "" {
		for _, f := range fields {
			if h := hintAtName(string(f), c.Name); h != "" {
				return h
			}
		}
	}
	line := bytes.TrimRight(header, "\r\n")
	switch {
	case t.encoding.Charset == nil && t.isInGB18030(header, c.Name):
		return "it looks like GB18030 (--encoding gb18030)"
	case bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")):
		return "the first line says how fields are separated, and is not the header"
	case bytes.HasPrefix(line, []byte("#")):
		return "the first line is a comment, not the header"
	case len(fields) == 1:
		if d := t.otherDelimiter(header); d != 0 {
			return fmt.Sprintf("is the delimiter another one? (--delimiter %s)", quotedByte(d))
		}
	}
	if name := nearest(c.Name, fields); name != "" {
		return fmt.Sprintf("did you mean %s?", shortName(name))
	}
	return ""
}

// nearest is the name in a header that was probably meant by another one.
func nearest(name string, fields [][]byte) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return near.Word(name, names)
}

// hintAtForm says how an input may have to be read, going by its header.
func (t *table) hintAtForm(header []byte) string {
	format, _ := unpack.Detect(header[:min(len(header), unpack.HeaderSize)])
	switch {
	case format != unpack.Plain && t.Decompress:
		return "what the archive holds looks compressed, too"
	case format != unpack.Plain:
		return "it looks compressed (--decompress)"
	case t.Delimiter != 0 && looksLikeUTF16(header):
		return "it looks like UTF-16 (--encoding utf-16le, utf-16be)"
	case t.endsInCR(header):
		return ErrOnlyCR.Error()
	case t.encoding.Charset != nil && bytes.HasPrefix(header, charset.UTF8Mark):
		return "it looks like UTF-8 (--encoding utf-8)"
	}
	return ""
}

// looksLikeUTF16 reports whether many of a header's characters are ASCII in two bytes:
// one in eight, nearly all of them in the same byte order.
func looksLikeUTF16(header []byte) bool {
	var nuls [2]int // at even offsets, and at odd ones
	for i, c := range header {
		if c == 0 {
			nuls[i%2]++
		}
	}
	few, many := min(nuls[0], nuls[1]), max(nuls[0], nuls[1])
	return len(header) >= 4 && many > len(header)/16 && few <= many/4
}

// hintAtName says how a name in a header differs from the wanted one, if but little.
func hintAtName(name, wanted string) string {
	trimmed, marked := strings.CutPrefix(name, string(byteOrderMark))
	trimmed = strings.Trim(trimmed, " \t")
	switch {
	case !strings.EqualFold(trimmed, strings.Trim(wanted, " \t")):
		return ""
	case marked:
		return fmt.Sprintf("there is %s, with a byte order mark before it", shortName(name))
	case strings.EqualFold(name, wanted):
		return fmt.Sprintf("there is %s, in another case", shortName(name))
	case name == trimmed:
		return fmt.Sprintf("there is %s, without blanks around it", shortName(name))
	}
	return fmt.Sprintf("there is %s, with blanks around it", shortName(name))
}

// otherDelimiter returns a delimiter by which a header has several fields, 0 if there
// is none.
func (t *table) otherDelimiter(header []byte) byte {
	for _, c := range []byte(";\t|,") {
		d := t.Dialect
		d.Delimiter = c
		if d.Check() != nil {
			continue
		}
		if fields, _, ok := d.FieldsOf(t.encoding.Charset, header); ok && len(fields) > 1 {
			return c
		}
	}
	return 0
}

func quotedByte(c byte) string {
	if c == '\t' {
		return `'\t'`
	}
	return "'" + string(rune(c)) + "'"
}

// isInGB18030 reports whether a header that is not UTF-8 has a name in GB18030.
func (t *table) isInGB18030(header []byte, name string) bool {
	e, err := charset.Lookup("gb18030")
	if err != nil || name == "" || utf8.Valid(header) {
		return false
	}
	fields, _, _ := t.FieldsOf(e.Charset, header)
	return slices.ContainsFunc(fields, func(f []byte) bool { return string(f) == name })
}
