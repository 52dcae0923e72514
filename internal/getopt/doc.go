// Package getopt reads a command line as GNU getopt_long does and rewrites it
// in the one form that every flag parser reads alike.
//
// The flag parser under github.com/urfave/cli/v2 is the standard library's. It
// stops at the first operand, wants every value in an argument of its own or
// behind an equals sign, and knows neither clusters of short options nor
// abbreviations, so "wc -lw FILE -j4" is not a command line to it. Users of GNU
// tools type exactly that. [Command.Normalize] takes what they type and returns
//
//	--name=value, or --name where the option takes no value,
//	in the order in which the options were given, then
//	--, then the operands in their order.
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
//     "--color always". Without it [Option.Default] is passed on.
//   - Options may follow operands, unless Posix is set. "--" ends the options
//     and a lone "-" is an operand.
//   - With Digits set, -NUM is the value of the option so named: with Digits
//     "context", -12 is --context=12. A letter between digits starts a new
//     number, as in GNU grep.
//
// Command lines that getopt_long refuses give a [UsageError] in its wording.
//
// # Handing the result to urfave/cli
//
// The result holds no command name: append it to the names that lead to the
// command, as in
//
//	app.Run(append([]string{"app", "command"}, args...))
//
// Options are passed under their first long name, whichever alias was typed, so
// urfave/cli does not see two forms of one flag. Some of its ways would still
// change what arrives here intact:
//
//   - String slices are split at commas, unless App.DisableSliceFlagSeparator is
//     set; trimmed of space, unless StringSliceFlag.KeepSpace is set; and, where
//     the flag has aliases, stripped of bytes that are not UTF-8. A GenericFlag
//     whose value is a [List] has none of these faults.
//   - An operand "help" or "h" runs the help command, even behind "--", unless
//     the command sets HideHelpCommand.
//   - The help flag is not among a command's own flags: add cli.HelpFlag to
//     those given to [FromFlags].
package getopt
