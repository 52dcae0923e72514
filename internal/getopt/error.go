package getopt

import "fmt"

// UsageError means that a command line does not fit the command's options.
type UsageError struct {
	Command string // as in [Command.Name]
	Message string // what is wrong, in the words of getopt_long; "" if Usage says enough

	// Usage, if not empty, says how the command is called. It is shown after "Usage: ", on a line
	// after the message if there is one.
	Usage string

	// Near is what was probably meant by a word that was mistyped, "" if nothing is near.
	Near string
}

// Error returns the message, or the usage, without the command's name.
func (e *UsageError) Error() string {
	if e.Message == "" {
		return "Usage: " + e.Usage
	}
	return e.Message
}

func (c *Command) errorf(format string, args ...any) error {
	return &UsageError{Command: c.Name, Message: fmt.Sprintf(format, args...)}
}
