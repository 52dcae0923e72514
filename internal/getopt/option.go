package getopt

// Kind says whether an option takes a value.
type Kind int

const (
	None     Kind = iota // takes no value
	Required             // takes a value
	Optional             // takes a value in the same argument, if any
)

// Option describes one option of a command.
type Option struct {
	// Names are the option's names without dashes. Names of one letter are
	// short options, all others are long ones.
	Names []string

	// Value says whether the option takes a value.
	Value Kind

	// Default is the value that an absent optional one stands for.
	Default string

	// Whole says that no prefix stands for a long name: an option which another
	// program lacks makes no abbreviation of that program's options ambiguous.
	Whole bool
}

func isShort(name string) bool { return len(name) == 1 }
