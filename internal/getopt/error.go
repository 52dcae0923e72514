package getopt

import "fmt"

// UsageError is a command line that does not fit the command's options.
type UsageError struct {
	Command string // the command's name, as in [Command]
	Message string // what is wrong, in the words of getopt_long; "" if Usage is set

	// Usage, if not empty, is how the command is called, which is shown instead of
	// a message: a line "Usage: " and this.
	Usage string
}

// Error returns the message, or the usage, without the command's name.
func (e *UsageError) Error() string {
	if e.Usage != "" {
		return "Usage: " + e.Usage
	}
	return e.Message
}

func (c *Command) errorf(format string, args ...any) error {
	return &UsageError{Command: c.Name, Message: fmt.Sprintf(format, args...)}
}
