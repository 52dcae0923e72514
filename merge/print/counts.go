package print

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/gnu"
)

// Counts writes the counts of inputs, a row each, as wc does or as JSON objects.
type Counts struct {
	gnu.Columns
	Keys []string // the names of the counts in JSON
	JSON bool
	// Total is when the sums are written, as by wc: "auto" (of several inputs), "always",
	// "never", or "only", without the rows of inputs.
	Total  string
	Inputs int       // that were named
	Out    io.Writer // its errors are those of Counts

	found int // inputs that have a row, or failed
	buf   bytes.Buffer
}

// Failed says that an input that was found below a folder has no row.
func (c *Counts) Failed() { c.found++ }

// Row writes the counts of an input at once: the next one may be long in coming, or not
// be there. One that is not named is called by its name in JSON only.
func (c *Counts) Row(name string, named bool, counts []int64) error {
	c.found++
	if c.Total == "only" {
		return nil
	}
	return c.write(name, named, counts, map[string]any{"file": jsonName(name)})
}

// Totals writes the sums over all inputs, if they are wanted.
func (c *Counts) Totals(sums []int64) error {
	label := "total"
	switch c.Total {
	case "never":
		return nil
	case "auto":
		if c.Inputs < 2 && c.found < 2 {
			return nil
		}
	case "only":
		label = ""
	}
	return c.write(label, label != "", sums, map[string]any{"total": true})
}

func (c *Counts) write(name string, named bool, counts []int64, object map[string]any) error {
	c.buf.Reset()
	if c.JSON {
		for i, key := range c.Keys {
			object[key] = counts[i]
		}
		lines := json.NewEncoder(&c.buf)
		lines.SetEscapeHTML(false)
		_ = lines.Encode(object) // text and numbers always can be
	} else {
		c.buf.Write(c.AppendRow(c.buf.AvailableBuffer(), counts, name, named))
	}
	_, err := c.Out.Write(c.buf.Bytes())
	return err
}

// jsonName is a file name as JSON can hold it: one that is not UTF-8 is an object with
// its bytes in base64.
func jsonName(name string) any {
	if utf8.ValidString(name) {
		return name
	}
	return map[string][]byte{"bytes": []byte(name)}
}
