package command

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
)

// complete prints how a command line may go on, for a shell.
func (p *program) complete(c *args.Continuation) error {
	candidates := c.Candidates
	if c.Table != nil {
		candidates = c.Table.Columns(columns(c.Table))
	}
	var b bytes.Buffer
	for _, c := range candidates {
		if !strings.ContainsAny(c.Word, "\t\n\r") { // which would be another candidate
			fmt.Fprintf(&b, "%s\t%s\n", c.Word, c.Help)
		}
	}
	_, err := b.WriteTo(output.Stream(p.Stdout))
	return err
}

// columns are those of the first file that can be read. Errors are not reported: a shell
// asks while a person types.
func columns(t *args.Table) []string {
	for _, path := range t.Files {
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			continue // a pipe would wait
		}
		if names, err := run.ColumnNames(path, t.CSV, t.Decompress); err == nil {
			return names
		}
	}
	return nil
}
