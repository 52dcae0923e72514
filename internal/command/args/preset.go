package args

import (
	"errors"
	"fmt"

	"github.com/linefork/linefork/internal/getopt"
)

// Variable is the environment variable that holds a person's own defaults: options of how
// the work is done, as they would be typed before all others. Its words are divided as by
// a POSIX shell, which expands nothing.
const Variable = "LINEFORK_OPTIONS"

// presetTakes says which options Variable takes. They leave the result as it is, so that no
// script gets another one.
const presetTakes = "it holds only options that count, grep and filter share"

// preset sets the options that Variable holds.
func preset(table []option, value string) error {
	if value == "" {
		return nil
	}
	var shared []option
	for _, o := range table {
		if o.shared {
			shared = append(shared, o.exact())
		}
	}
	if len(shared) == 0 { // a command that does not heed it
		return nil
	}
	words, _, open := shellWords(value)
	if open {
		return presetError(errors.New("a quote is not closed"))
	}
	g := getopt.Command{Options: grammar(shared)}
	given, operands, err := g.Parse(words)
	if err == nil && len(operands) > 0 {
		err = fmt.Errorf("'%s' is not an option", operands[0])
	}
	if err != nil {
		return presetError(fmt.Errorf("%w; %s", err, presetTakes))
	}
	for _, option := range given {
		if err := shared[option.Option].set(option.Value); err != nil {
			return presetError(err)
		}
	}
	return nil
}

// presetError says where err comes from.
func presetError(err error) error {
	e := &getopt.UsageError{Message: Variable + ": " + err.Error()}
	if usage := (*getopt.UsageError)(nil); errors.As(err, &usage) {
		e.Near = usage.Near
	}
	return e
}
