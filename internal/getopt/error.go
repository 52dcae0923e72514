package getopt

import "fmt"

// UsageError is a command line that does not fit the command's options.
type UsageError struct {
	Command string // the command's name, as in [Command]
	Message string // what is wrong, in the words of getopt_long
}

// Error returns the message without the command's name.
func (e *UsageError) Error() string { return e.Message }

func (c *Command) errorf(format string, args ...any) error {
	return &UsageError{Command: c.Name, Message: fmt.Sprintf(format, args...)}
}
