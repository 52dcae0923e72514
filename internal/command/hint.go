package command

import (
	"os"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/merge/run"
)

// hintAtArchive tells a person, once, that an input was read as it is although it is an
// archive. Scripts, and users of the tools that links stand for, are told nothing.
func (p *program) hintAtArchive(c *args.Common, inputs []run.Input) {
	if c.Decompress || p.link || p.failed || p.silent || !terminal.Is(p.Stderr) {
		return
	}
	for _, in := range inputs {
		if format := archiveFormat(in); format != unpack.Plain {
			p.say(in.Name, "compressed with "+format.String()+"; --decompress reads what it holds")
			return
		}
	}
}

// archiveFormat is the format of an input that is a regular file, by its first bytes.
func archiveFormat(in run.Input) unpack.Format {
	f := in.File
	if f == nil {
		if info, err := os.Stat(in.Path); err != nil || !info.Mode().IsRegular() {
			return unpack.Plain // to open a pipe would wait
		}
		var err error
		if f, err = os.Open(in.Path); err != nil {
			return unpack.Plain
		}
		defer f.Close()
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return unpack.Plain
	}
	var header [unpack.HeaderSize]byte
	n, _ := f.ReadAt(header[:], 0)
	format, _ := unpack.Detect(header[:n])
	return format
}
