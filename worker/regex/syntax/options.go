package syntax

// Language is a pattern language.
type Language uint8

const (
	Basic    Language = iota // -G
	Extended                 // -E
	Fixed                    // -F
)

// Options says how patterns are read.
type Options struct {
	Language Language
	FoldCase bool // -i
	Words    bool // -w; no effect with Lines
	Lines    bool // -x
	UTF8     bool // the locale's encoding is UTF-8; otherwise bytes (C locale)
	Null     bool // -z: records end with NUL, and LF is an ordinary character
}

// terminator returns the byte that is not in any record.
func (o *Options) terminator() byte {
	if o.Null {
		return 0
	}
	return '\n'
}
