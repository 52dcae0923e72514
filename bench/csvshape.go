package bench

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// csvShape says whether the file reads as CSV.
type csvShape struct {
	Fields int    // in each record; 0 if it does not
	Reason string // why it does not
}

// shapeOf reads the start of the file as CSV. What lies behind its last line feed is left out: it
// may be cut off, or be inside a quoted field.
func shapeOf(start []byte, whole bool) csvShape {
	if !whole {
		end := bytes.LastIndexByte(start, '\n')
		if end < 0 {
			return csvShape{Reason: "it has no lines"}
		}
		start = start[:end+1]
	}
	r := csv.NewReader(bytes.NewReader(start))
	r.ReuseRecord = true
	for {
		_, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		// A quote that is still open in the last line may be closed behind it.
		open := errors.As(err, &wrong) && errors.Is(err, csv.ErrQuote) && !whole &&
			wrong.Line == bytes.Count(start, []byte{'\n'})
		switch {
		case open:
			return shapeOfFields(r.FieldsPerRecord)
		case errors.Is(err, csv.ErrFieldCount):
			return csvShape{Reason: "its records have different numbers of fields"}
		case err != nil:
			return csvShape{Reason: fmt.Sprintf("line %d has a quote where CSV has none", wrong.Line)}
		}
	}
	return shapeOfFields(r.FieldsPerRecord)
}

func shapeOfFields(n int) csvShape {
	if n < 2 {
		return csvShape{Reason: "its lines have no commas"}
	}
	return csvShape{Fields: n}
}
