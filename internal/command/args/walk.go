package args

import (
	"errors"
	"slices"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/run"
)

// Walk is which files are read.
type Walk struct {
	run.Find
	Rules []Rule // instead of those of Find, in the order given
}

// Rule is an --include, --exclude or --exclude-dir, or an --exclude-from.
type Rule struct {
	walk.Rule
	From string // the file of an --exclude-from; "" for the others
}

// recurse is the option of commands that read no devices below a folder.
func (w *Walk) recurse() option {
	return flag("recursive r", assign(&w.Directories, walk.Recurse),
		"read all files below a folder, and below the current one without FILE")
}

func (w *Walk) rules() []option {
	add := func(r Rule) { w.Rules = append(w.Rules, r) }
	rule := func(kind walk.Kind) setter {
		return do(func(v string) { add(Rule{Rule: walk.Rule{Kind: kind, Pattern: v}}) })
	}
	return []option{
		valued("include", "GLOB", rule(walk.Include), "read only files whose name matches GLOB").adds(),
		valued("exclude", "GLOB", rule(walk.Exclude), "skip files whose name matches GLOB").adds(),
		valued("exclude-from", "FILE", do(func(v string) { add(Rule{From: v}) }),
			"skip files whose name matches a glob in FILE").adds(),
		valued("exclude-dir", "GLOB", rule(walk.ExcludeDir),
			"skip folders whose name matches GLOB").adds(),
	}
}

// check looks at the options of a command that reads operands or, without them,
// standard input or the current folder; lists are the other files that it reads.
func (w *Walk) check(g given, operands []string, lists ...string) error {
	stdin := len(operands) == 0 && w.Directories != walk.Recurse
	err := g.none("--%s needs --recursive or FILE",
		"include", "exclude", "exclude-from", "exclude-dir")
	if stdin && err != nil {
		return err
	}
	for _, rule := range w.Rules {
		lists = append(lists, rule.From)
	}
	stdin = stdin || slices.Contains(operands, "-")
	for _, name := range lists {
		if name == "-" && stdin {
			return errors.New("standard input cannot be read twice")
		}
		stdin = stdin || name == "-"
	}
	return nil
}
