//go:build unix

package e2e

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// kind is a kind of input.
type kind struct {
	name    string
	data    []byte
	options []string // that it is read with; not those of count

	unpacked []byte // what wc would count
	text     string // what the other commands read; in UTF-8, unless it is read as bytes
	coding   *coding
	decoded  bool   // text is known only when the input was read
	hint     string // at the end of the message that there is no column id
}

const (
	mark   = "\ufeff"
	sample = "id,v\n1,a\n2,b\n1,汉字\n10,a\n"
	quotes = "id,v\n1,\"a\nb\"\n\"2\",\"x\"\"y,\nz\"\n1,\n"
	open   = "id,v\n1,a\n2,\"b\n1,c\n"
	onlyCR = "lines end with carriage returns only, which end no record here"
)

// texts are what a file may be in any encoding.
var texts = map[string]string{
	"plain":         sample,
	"CR LF":         strings.ReplaceAll(sample, "\n", "\r\n"),
	"no final LF":   strings.TrimSuffix(sample, "\n"),
	"only a header": "id,v",
	"empty":         "",
	"only CR":       strings.ReplaceAll(sample, "\n", "\r"),
	"quotes":        quotes,
	"open quote":    open,
	"blank lines":   "id,v\n\n1,a\n\r\n\n1\n",
}

// The encodings of the table.
var (
	utf16le = &coding{name: "utf-16le", encoding: utf16In(unicode.LittleEndian), inUTF16: true}
	utf16be = &coding{name: "utf-16be", encoding: utf16In(unicode.BigEndian), inUTF16: true}
	gb18030 = &coding{name: "gb18030", encoding: simplifiedchinese.GB18030}
)

// kinds are the rows of the table.
func kinds() []*kind {
	var all []*kind
	add := func(k kind) {
		if k.unpacked = k.data; k.coding == nil {
			k.text = string(k.data)
		}
		if strings.HasSuffix(k.name, "only CR") && k.hint == "" {
			k.hint = onlyCR
		}
		all = append(all, &k)
	}
	for name, text := range texts {
		add(kind{name: name, data: []byte(text)})
		add(kind{name: "marked, " + name, data: []byte(mark + text)})
		add(kind{
			name: "utf-8, " + name, data: []byte(mark + text),
			options: []string{"--encoding=utf-8"},
		})
		for _, c := range []*coding{utf16le, utf16be} {
			k := kind{name: c.name + ", " + name, coding: c, decoded: true}
			k.text, k.data, k.options = text, c.encode(text), []string{"--encoding=" + c.name}
			add(k)
			if k.text == "" {
				k.data = c.encode(mark) // which is empty, too
			} else {
				k.text, k.data = mark+text, c.encode(mark+text)
			}
			k.name, k.options = "marked "+k.name, nil
			add(k)
			k.name, k.options = "named "+k.name, []string{"--encoding=utf-16"}
			add(k)
		}
		add(kind{
			name: "gb18030, " + name, text: text, data: gb18030.encode(text), coding: gb18030,
			options: []string{"--encoding=gb18030"},
		})
	}
	for _, k := range all[:len(all):len(all)] {
		if strings.HasPrefix(k.name, "named ") || strings.HasPrefix(k.name, "utf-8") {
			continue
		}
		z := *k
		z.name, z.data, z.decoded = "gzip of "+z.name, compress(z.data), true
		z.options = append(slices.Clone(z.options), "--decompress")
		all = append(all, &z)
	}
	// What is read as bytes, since nobody said what it is.
	const inUTF16 = "it looks like UTF-16 (--encoding utf-16le, utf-16be)"
	add(kind{name: "bare UTF-16LE", data: utf16le.encode(sample), hint: inUTF16})
	add(kind{name: "bare UTF-16BE", data: utf16be.encode(sample), hint: inUTF16})
	add(kind{name: "UTF-16LE as UTF-8", data: utf16le.encode(mark + sample), hint: inUTF16,
		options: []string{"--encoding=utf-8"}})
	add(kind{name: "unread gzip", data: compress([]byte(sample)),
		hint: "it looks compressed (--decompress)"})
	add(kind{name: "plain, no archive", data: []byte(sample), options: []string{"--decompress"}})
	add(kind{name: "bare GB18030", data: gb18030.encode(sample)})
	slices.SortFunc(all, func(a, b *kind) int { return strings.Compare(a.name, b.name) })
	return all
}

func compress(b []byte) []byte {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write(b)
	w.Close()
	return z.Bytes()
}

func (k *kind) inUTF16() bool { return k.coding != nil && k.coding.inUTF16 }

// encode gives text as it is written where it is not written in UTF-8.
func (k *kind) encode(text string) string {
	if k.coding == nil {
		return text
	}
	return string(k.coding.encode(text))
}

// shown is the text where it is written in UTF-8: what was UTF-16 has no mark.
func (k *kind) shown() string {
	if k.inUTF16() {
		return strings.TrimPrefix(k.text, mark)
	}
	return k.text
}

// offset is where text, which the input begins with, ends for --byte-offset.
func (k *kind) offset(text string) int {
	if k.coding != nil && !k.inUTF16() {
		return len(k.encode(text))
	}
	return len(text)
}

// TestKinds decodes the inputs of the table.
func TestKinds(t *testing.T) {
	for _, k := range kinds() {
		data := k.data
		if slices.Contains(k.options, "--decompress") && bytes.HasPrefix(data, []byte("\x1f\x8b")) {
			data = gunzip(t, data)
		}
		if !bytes.Equal(data, k.unpacked) {
			t.Errorf("%s: holds %q, not %q", k.name, data, k.unpacked)
		}
		if k.coding != nil && k.text != "" && k.coding.decode(data) != k.text {
			t.Errorf("%s: %q is %q, not %q", k.name, data, k.coding.decode(data), k.text)
		}
	}
}

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
