package merge

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// input is a file of a run, as a test has it.
type input struct {
	name string
	data []byte
}

// reference is the filter as a sequential tool has it: record by record, with
// Dialect.Fields, which has tests of its own.
type reference struct {
	spec   rows.Spec
	keys   []string
	column int
	format Format
	lax    bool // a record whose quote is not closed is a plain line

	out   []byte
	total uint64
	files []uint64
	open  []bool // the input ends within quotes
}

func (ref *reference) run(inputs []input) {
	for _, in := range inputs {
		n, open := ref.file(in)
		ref.files = append(ref.files, n)
		ref.open = append(ref.open, open)
		if ref.full() {
			return
		}
	}
}

func (ref *reference) full() bool { return ref.format.Max > 0 && ref.total == ref.format.Max }

func (ref *reference) file(in input) (n uint64, open bool) {
	if bytes.Equal(in.data, charset.UTF8Mark) {
		return 0, false // an empty file
	}
	line := 1
	for at := 0; at < len(in.data); {
		skip := 0
		if at == 0 && bytes.HasPrefix(in.data, charset.UTF8Mark) {
			skip = len(charset.UTF8Mark)
		}
		values, end, ok := ref.spec.Dialect.Fields(in.data[at+skip:])
		if !ok && !ref.lax {
			return n, true
		}
		if !ok {
			values, end, _ = ref.spec.Dialect.Plain().Fields(in.data[at+skip:])
		}
		record := in.data[at : at+skip+end]
		matches := len(values) >= ref.column && slices.Contains(ref.keys, string(values[ref.column-1]))
		if matches != ref.spec.Invert {
			ref.row(in.name, line, at, record)
			n++
			if ref.full() {
				return n, false
			}
		}
		line += bytes.Count(record, []byte("\n"))
		at += len(record)
	}
	return n, false
}

func (ref *reference) row(name string, line, at int, record []byte) {
	ref.total++
	if ref.format.Count {
		return
	}
	if ref.format.WithFilename {
		ref.out = fmt.Appendf(ref.out, "%s:", name)
	}
	if ref.format.LineNumber {
		ref.out = append(strconv.AppendInt(ref.out, int64(line), 10), ':')
	}
	if ref.format.ByteOffset {
		ref.out = append(strconv.AppendInt(ref.out, int64(at), 10), ':')
	}
	ref.out = append(ref.out, record...)
	if !bytes.HasSuffix(record, []byte("\n")) {
		ref.out = append(ref.out, '\n')
	}
}
