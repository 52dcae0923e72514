package args

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// CSV is how records are read.
type CSV struct {
	run.CSV
	NoHeader bool // was said, though it is the default
}

func newCSV() CSV {
	dialect := rows.CSV
	return CSV{CSV: run.CSV{Dialect: &dialect}}
}

func (c *CSV) options() []option {
	return []option{
		valued("delimiter d", `C=","`, oneByte("delimiter", &c.Dialect.Delimiter, true),
			`fields are separated by the byte C; \t, \0 and \xHH are understood`).once(),
		valued("quote", `C="\""`, oneByte("quote", &c.Dialect.Quote, false),
			"the byte C at its start quotes a field").once(),
		flag("no-quote", assign(&c.Dialect.Quote, 0), "no byte quotes: each line feed ends a record"),
		valued("escape", "C", oneByte("escape", &c.Dialect.Escape, false),
			"the byte C makes a character of the byte behind it, within quotes and outside").once(),
		flag("lax", on(&c.Lax), "take a record whose quote is still open at the end of the file "+
			"for a plain line; ignored with --no-quote"),
	}
}

// check looks at the options of CSV, and at those that choose the column, by number or
// name and by name.
func (c *CSV) check(g given, column run.Column, byNumber, byName string) error {
	err := cmp.Or(g.either(byNumber, byName), g.either("header", "no-header"))
	if err == nil && column.Name != "" && c.NoHeader {
		err = fmt.Errorf("column '%s' is a name, which needs a header", column.Name)
	}
	return cmp.Or(err, g.either("quote", "no-quote"), c.Dialect.Check())
}

const maxColumn = 1 << 30

// column sets a column by its number or its name.
func column(to *run.Column) setter {
	return func(v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		switch {
		case err != nil && !errors.Is(err, strconv.ErrRange):
			return columnName(to)(v)
		case err != nil || n < 1 || n > maxColumn:
			return fmt.Errorf("invalid column '%s'; columns are numbered from 1", v)
		}
		*to = run.Column{Number: int(n)}
		return nil
	}
}

func columnName(to *run.Column) setter {
	return func(v string) error {
		if v == "" {
			return errors.New("invalid column ''")
		}
		*to = run.Column{Name: v}
		return nil
	}
}

func inputEncoding(to *run.Encoding) option {
	return valued("encoding", "NAME", func(v string) error {
		e, err := lookUp(v)
		to.Name = e.Name
		return err
	}, "inputs are in the encoding NAME, such as gb18030, shift_jis or utf-16le, "+
		"keys and patterns in UTF-8; default: bytes, or UTF-16 by its byte order mark").
		inEncodings()
}

func outputEncoding(to *run.Encoding) option {
	return valued("output-encoding", "NAME", func(v string) error {
		e, err := lookUp(v)
		if err == nil && e.Kind != charset.UTF8 {
			err = errors.New("the output encoding can only be utf-8")
		}
		to.OutputUTF8 = true
		return err
	}, "write what is selected in the encoding NAME, which can only be utf-8; "+
		"default: as it stands in the input").among("utf-8")
}

// lookUp finds an encoding by its name.
func lookUp(name string) (charset.Encoding, error) {
	e, err := charset.Lookup(name)
	if err != nil {
		err = mistyped(err.Error(), name, charset.Names()...)
	}
	return e, err
}

func (o option) inEncodings() option { o.words = charset.Names; return o }
