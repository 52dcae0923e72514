package command

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/merge/output"
)

func (p *program) bench(c *args.Bench) error {
	if part, ok := p.LookupEnv(bench.ScanVariable); ok {
		return bench.Scan(c.File, part, p.Stdin, p.Stdout)
	}
	o := c.Options
	o.Stdout, o.Stderr, o.Creating = p.Stdout, p.Stderr, p.Hold
	o.ASCII = p.locale != locale.UTF8
	// Caught and dropped: other programs would inherit that it is ignored.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Unsetenv(args.Variable) // what is measured is what the commands say
	err := bench.Run(p.ctx, o)
	if file := (*bench.FileError)(nil); errors.As(err, &file) {
		return fmt.Errorf("%s: %s", gnu.Quote(file.File, p.locale), gnu.Reason(file.Err))
	}
	return err
}

// errTerminal is for rows that nobody wants to read.
var errTerminal = errors.New("rows are not written to a terminal; redirect them, or use --force")

func (p *program) generate(c *args.Generate) error {
	if !c.Force && terminal.Is(p.Stdout) {
		return usageError("generate", errTerminal)
	}
	if _, err := taxi.Write(p.Stdout, c.Options); err != nil {
		return &output.Error{Err: err}
	}
	return nil
}
