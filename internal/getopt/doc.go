// Package getopt parses a command line as GNU getopt_long does. It has no flag types and no help:
// given a table of options, it finds which of them were given, in which order and with which values,
// and the operands. What they mean is up to the caller.
//
//	c := getopt.Command{Name: "count", Options: options}
//	given, operands, err := c.Parse(args)
//	for _, g := range given {
//		... options[g.Option], g.Value ...
//	}
//
// # What is parsed
//
//   - Short options combine: -lw is -l -w. A value follows in the same argument or is the next
//     argument: -j4, -lj4, -j 4.
//   - Long options take their value as --name=value or --name value. A prefix may be used for a
//     name if it fits only one option; a full name always wins.
//   - A value is taken as it is: "-j -1" has the value -1 and "-e --" the value --. It may be
//     empty, and may contain any byte.
//   - An optional value must be in the same argument: --color=always, never "--color always".
//     Without it the value is [Option.Default].
//   - Options may follow operands, unless Posix is set. "--" ends the options, and a lone "-" is an
//     operand.
//   - If Digits is set, -NUM is the value of the option so named: with Digits "context", -12 is
//     --context=12. A letter between digits starts a new number, as in GNU grep.
//
// For a command line that getopt_long rejects, the error is a [UsageError] with its message.
package getopt
