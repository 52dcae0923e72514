//go:build unix

package e2e

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lines draws lines of letters of the encoding and ASCII characters.
func (t *trial) lines() (pieces []string) {
	end := pick(t.dice, "\n", "\n", "\n", "\n", "\r\n")
	some := []string{"a", "b", "B", "1", "9", " ", "|", "\\", "~", "@"}
	for range pick(t.dice, 0, 1, 3, 8, 30) {
		for range t.IntN(7) {
			if t.one(2) {
				pieces = append(pieces, pick(t.dice, t.letters...))
			} else {
				pieces = append(pieces, pick(t.dice, some...))
			}
		}
		// Where grep sees a NUL in a pipe depends on what each read returns.
		if t.one(60) && !strings.HasSuffix(t.input, "pipe") {
			pieces = append(pieces, "\x00")
		}
		pieces = append(pieces, end)
	}
	if len(pieces) > 0 && t.one(4) {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// pattern draws a pattern in a language of grep.
func (t *trial) pattern(language string) string {
	letter := func() string {
		return pick(t.dice, append([]string{"a", "b", "1", "9", "0"}, t.letters...)...)
	}
	var b strings.Builder
	for range pick(t.dice, 1, 1, 1, 2, 2, 3) {
		if language == "-F" || t.one(2) {
			b.WriteString(letter())
			continue
		}
		b.WriteString(pick(t.dice, ".", "[^a]", "["+letter()+letter()+"]", `\w`, `\W`, `\b`, "^",
			"$", "[[:alpha:]]", `\\`, "[0-9]", "[^"+letter()+"]"))
		if t.one(4) {
			b.WriteString("*")
		}
		if t.one(6) && language != "-G" {
			b.WriteString(pick(t.dice,
				"|"+letter(), "{2}", "+", "?", "("+letter()+"|"+letter()+")"))
		}
	}
	return b.String()
}

// TestEncodingGrep compares what grep prints for files in other encodings with what it prints for
// their text in UTF-8.
func TestEncodingGrep(t *testing.T) {
	trials(t, func(t *trial) {
		damage := pick(t.dice, 1_000_000, 1_000_000, 100, 10)
		large := t.one(8)
		for range pick(t.dice, 1, 1, 2, 3) {
			pieces := t.lines()
			if large { // than the blocks that grep searches at a time
				pieces = append(slices.Repeat(append(t.lines(), "\n"), 2000), pieces...)
				pieces = slices.DeleteFunc(pieces, func(p string) bool { return p == "\x00" })
			}
			t.write(pieces, damage)
		}
		language := pick(t.dice, "-G", "-E", "-F", "-P")
		options := []string{language}
		for range pick(t.dice, 1, 1, 1, 2, 3, 20) {
			options = append(options, "-e", t.pattern(language))
			if language == "-P" {
				break
			}
		}
		for _, option := range []string{"-i", "-w", "-x", "-v", "-a", "--crlf"} {
			if t.one(6) && (option != "-a" || t.name != "") { // -a turns off recognition
				options = append(options, option)
			}
		}
		text, places := false, false
		switch t.IntN(8) {
		case 3:
			if damage > 100 {
				text = true
				options = append(options, "--json")
			}
		case 0:
			text = true
			options = append(options, pick(t.dice, "-c", "-l", "-L", "-q", "-lv", "-cm2"))
		case 1:
			places = true
			options = append(options, pick(t.dice, "-hb", "-hob"))
			t.files = t.files[:1]
		case 2:
			options = append(options, "-z")
			fallthrough
		default:
			for _, option := range []string{
				"-n", "-o", "-H", "-h", "--color=always", "-m" + strconv.Itoa(t.IntN(5)), "-A1",
				"-B2", "-C1", "--line-buffered",
			} {
				if t.one(4) {
					options = append(options, option)
				}
			}
		}
		t.same("grep", options, text, places)
	})
}

// table draws rows in a dialect, whose values many rows share.
func (t *trial) table(x dialect) (pieces, keys []string) {
	delimiter, quote, end := string(x.delimiter), string(x.quote), pick(t.dice, "\n", "\n", "\r\n")
	values := []string{"", "a", "1", "01", "1.0", "b b", "|", `\`, "30", "~"}
	for range 3 {
		values = append(values, pick(t.dice, t.letters...),
			pick(t.dice, t.letters...)+pick(t.dice, t.letters...), pick(t.dice, t.letters...)+"1")
	}
	value := func() string {
		v := pick(t.dice, values...)
		if x.escape != 0 && t.one(5) {
			v += string(x.escape) + pick(t.dice, delimiter, quote, "n", string(x.escape))
		}
		return v
	}
	for range pick(t.dice, 0, 1, 3, 8, 30) {
		for k := range 1 + t.IntN(3) {
			if k > 0 {
				pieces = append(pieces, delimiter)
			}
			if x.quote == 0 || t.one(2) {
				pieces = append(pieces, value())
				continue
			}
			pieces = append(pieces, quote, value(),
				pick(t.dice, "", "", "\n", end, delimiter, quote+quote), quote)
		}
		if !t.one(30) {
			pieces = append(pieces, end)
		}
	}
	if len(pieces) > 0 && t.one(4) {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces, values
}

// TestEncodingFilter compares the rows that filter selects in other encodings with those in the
// same text in UTF-8.
func TestEncodingFilter(t *testing.T) {
	trials(t, func(t *trial) {
		x := dialect{
			delimiter: pick[byte](t.dice, ',', ',', ';', '\t', '|', '~', '0'),
			quote:     pick[byte](t.dice, '"', '"', '"', '\'', 0, '|'),
			escape:    pick[byte](t.dice, 0, 0, 0, '\\'),
			lax:       t.one(4),
		}
		if x.delimiter == x.quote {
			x.quote = '"'
		}
		damage := pick(t.dice, 1_000_000, 1_000_000, 100, 10)
		large := t.one(8)
		var keys []string
		for range pick(t.dice, 1, 1, 2, 3) {
			pieces, values := t.table(x)
			if large {
				rows, _ := t.table(x)
				pieces = append(slices.Repeat(append(rows, "\n"), 1000), pieces...)
			}
			t.write(pieces, damage)
			keys = append(keys, values...)
		}
		options := append(x.args(), "--column="+strconv.Itoa(1+t.IntN(3)))
		numeric := t.one(6)
		list := []byte("")
		for range pick(t.dice, 1, 1, 2, 10) {
			key := pick(t.dice, keys...)
			if numeric {
				key = pick(t.dice, "1", "30", "2")
			}
			if t.one(4) && !strings.Contains(key, "\n") {
				list = append(list, key+"\n"...)
			} else {
				options = append(options, "--key="+key)
			}
		}
		if len(list) > 0 {
			for _, dir := range []string{t.plain, t.encoded} {
				writeFile(t, filepath.Join(dir, "keys"), list)
			}
			options = append(options, "--keys-file=keys")
		}
		if numeric {
			options = append(options, "--numeric")
		}
		for _, option := range []string{"--header", "-v", "-m" + strconv.Itoa(1+t.IntN(6))} {
			if t.one(4) {
				options = append(options, option)
			}
		}
		if name := t.name1(x); name != "" && t.one(3) {
			options = append(options, "--column="+name)
		}
		text, places := false, false
		switch t.IntN(6) {
		case 0:
			text = true
			options = append(options, "-c")
			if t.one(2) {
				options = append(options, "-H")
			}
		case 1:
			places = true
			options = append(options, "-b")
			t.files = t.files[:1]
		default:
			for _, option := range []string{"-n", "-H"} {
				if t.one(4) {
					options = append(options, option)
				}
			}
		}
		t.same("filter", options, text, places)
	})
}

// name1 is the name of column 1 if all files share it, else "".
func (t *trial) name1(x dialect) string {
	for i, text := range t.text {
		line, _, _ := strings.Cut(text, "\n")
		line, _, _ = strings.Cut(strings.TrimSuffix(line, "\r"), string(x.delimiter))
		if strings.ContainsAny(line, "\"'|\\") || strings.Contains(line, invalid) ||
			i > 0 && !strings.HasPrefix(t.text[0], line) {
			return ""
		}
		if i == len(t.text)-1 {
			return line
		}
	}
	return ""
}
