// Package bench compares linefork with itself and with the tools that people use for the same work,
// on any file. docs/bench.md is the page for its users.
//
// # What is run
//
// A job is one question about the file, and the commands that answer it, linefork in serial mode
// first. The groups of jobs are
//
//   - modes: serial, threads and processes where the processor is the limit (a pattern that needs an
//     automaton), the disk (a file that is dropped from the page cache before each run), and the
//     network (a slow pipe);
//   - curve: count and search with 1, 2, 4, … processes, and the scan limit of as many: what they
//     can read of the file at most;
//   - count: the lines of the file;
//   - filter: the rows whose field, between commas, is a key;
//   - grep: the lines that match one of several patterns of different kinds;
//   - csv: records, and records with a key, among tools that know quotes, if the file is CSV.
//
// The key and the patterns are taken from a sample of the file. Nothing is assumed of it: a file
// that is not text, or one long line, has answers, too.
//
// The peers are those found on PATH, and the commands that the user brings. All run with LC_ALL=C,
// and are told to take the file as bytes: otherwise they would answer different questions.
//
// # What is measured
//
// A measurement is the wall time of one whole command, from before it is started until it has ended
// and its output has been read: the time that its user waits. The commands of a job run one at a
// time, in rounds. A round runs every command once, so that a machine that becomes slower or faster
// favors none of them, and each round starts with another command. The first round warms up the
// page cache and is not counted.
//
// The times reported are medians. A ratio of two commands is the median of their ratios in each
// round: it compares runs that are close in time, and so is steadier than a ratio of medians. The
// spread is that of the run that is farthest from the median.
//
// The time for all of it is given, and is divided among the jobs; what one does not need is left to
// those behind it. Each command is run three to ten times, and a slow peer as often as its share
// of the time allows, down to once. A peer that takes a tenth of the whole time for a single run is
// stopped, and after the second time it is not run again.
//
// # What is checked
//
// A fast wrong answer is worth nothing, so every run of every command is checked, even during
// warm-up, against the first run of linefork in serial mode: numbers, or the number of rows and
// their SHA-256. The output is hashed as it arrives, and never stored. Where a command differs, both
// run once more, and the first line that differs is reported. Then [Run] fails; it does not if a
// peer only fails itself, which is not a fault of what is measured, and is shown with its message.
//
// # What is said
//
// One report holds all that was measured, and what follows from it, in some lines for people: how
// the modes compare, how the tools compare, how near the scan limit is, what was faster than
// linefork, and whether all of that can be relied upon. Nothing is said about what was not measured.
// The report is printed as text, JSON, CSV or Markdown, and drawn as SVG, PNG or HTML.
package bench
