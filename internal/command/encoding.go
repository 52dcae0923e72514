package command

import (
	"fmt"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/grep"
)

const (
	encodingUsage       = "inputs are in the encoding `NAME`, such as gb18030, shift_jis or utf-16le, keys and patterns in UTF-8; default: bytes, or UTF-16 by its byte order mark"
	outputEncodingUsage = "write what is selected in the encoding `NAME`, which can only be utf-8; default: as it stands in the input"
)

func encodingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "encoding", Usage: encodingUsage},
		&cli.StringFlag{Name: "output-encoding", Usage: outputEncodingUsage},
	}
}

// encodings is the value of encodingFlags. Its zero value reads inputs as bytes.
type encodings struct {
	input charset.Encoding
	marks bool // a byte order mark of UTF-16 decides
	utf8  bool // is what is written
	json  bool // is written, which is in UTF-8
}

// setEncodings reads the flags, which are empty where they were not given. The
// error names the one that is wrong.
func (o *common) setEncodings(input, output string) (err error) {
	o.encoding = encodings{marks: input == "", utf8: output != ""}
	if input != "" {
		if o.encoding.input, err = charset.Lookup(input); err != nil {
			return err
		}
	}
	if output != "" {
		e, err := charset.Lookup(output)
		if err == nil && e.Kind != charset.UTF8 {
			err = message("the output encoding can only be utf-8")
		}
		return err
	}
	return nil
}

// isUTF16 tells whether the option says so.
func (e *encodings) isUTF16() bool {
	return e.input.Kind == charset.UTF16 || e.input.Kind == charset.UTF16LE || e.input.Kind == charset.UTF16BE
}

// name is that of the charset in which workers find the inputs, "" for UTF-8.
func (e *encodings) name() string {
	if e.input.Charset == nil {
		return ""
	}
	return e.input.Name
}

// recoder is for what is written, nil where that is as it stands in the inputs.
func (e *encodings) recoder() *merge.Recoder {
	if !e.utf8 {
		return nil
	}
	return &merge.Recoder{Charset: e.input.Charset, Replace: true}
}

// setEncoding settles --encoding and --output-encoding. Patterns are in UTF-8 then,
// whatever the locale.
func (o *grepOptions) setEncoding(c *cli.Context, work *common) error {
	if err := work.setEncodings(o.inputEncoding, o.outputEncoding); err != nil {
		return usageError(c, "%v", err)
	}
	work.encoding.json = o.json
	if o.spec.Binary == grep.Text {
		work.encoding.marks = false // all bytes are text
	}
	p := &o.spec.Pattern
	p.UTF8 = p.UTF8 || o.inputEncoding != ""
	p.Charset = work.encoding.name()
	return nil
}

// checkKeys returns an error if a key is not in UTF-8, as it has to be where the
// inputs have an encoding.
func (run *filterer) checkKeys() error {
	if run.encoding.name() == "" {
		return nil
	}
	for i := range run.spec.Keys.Len() {
		if key := run.spec.Keys.At(i); !utf8.Valid(key) {
			return fmt.Errorf("key %q is not in UTF-8, as it must be where inputs are in another encoding", key)
		}
	}
	return nil
}
