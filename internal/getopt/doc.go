// Package getopt reads a command line as GNU getopt_long does. It has no flags of
// its own, no types and no help: by a table of options it finds which of them were
// given, in which order and with which values, and the operands. What they mean is
// up to the caller.
//
//	c := getopt.Command{Name: "count", Options: options}
//	given, operands, err := c.Parse(args)
//	for _, g := range given {
//		... options[g.Option], g.Value ...
//	}
//
// # What is read
//
//   - Short options combine: -lw is -l -w. A value follows in the same argument
//     or is the next one: -j4, -lj4, -j 4.
//   - Long options take their value as --name=value or --name value. A prefix
//     stands for the name when it fits one option only; a full name always wins.
//   - A value is taken as it is: "-j -1" has the value -1 and "-e --" the value
//     --. It may be empty, and may hold any byte.
//   - An optional value has to be in the same argument: --color=always, never
//     "--color always". Without it the value is [Option.Default].
//   - Options may follow operands, unless Posix is set. "--" ends the options
//     and a lone "-" is an operand.
//   - With Digits set, -NUM is the value of the option so named: with Digits
//     "context", -12 is --context=12. A letter between digits starts a new
//     number, as in GNU grep.
//
// Command lines that getopt_long refuses give a [UsageError] in its wording.
package getopt
