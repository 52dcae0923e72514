package getopt

// Kind says whether an option takes a value.
type Kind int

const (
	None     Kind = iota // takes no value
	Required             // takes a value
	Optional             // may have a value, in the same argument
)

// Option describes one option of a command.
type Option struct {
	// Names are the option's names, without dashes. One letter is a short option, more are a long
	// one.
	Names []string

	// Value says whether the option takes a value.
	Value Kind

	// Default is the value of the option if its optional value is absent.
	Default string

	// Whole says that long names cannot be abbreviated, so that an option that another program
	// lacks makes none of that program's abbreviations ambiguous.
	Whole bool
}

func isShort(name string) bool { return len(name) == 1 }
