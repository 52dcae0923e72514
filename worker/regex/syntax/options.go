package syntax

// Language is a pattern language.
type Language uint8

const (
	Basic    Language = iota // -G
	Extended                 // -E
	Fixed                    // -F
)

// Options tell how patterns are read.
type Options struct {
	Language Language
	FoldCase bool // -i
	Words    bool // -w; without effect beside Lines
	Lines    bool // -x
	UTF8     bool // the locale's encoding is UTF-8; else bytes (C locale)
	Null     bool // -z: records end with NUL, and LF is an ordinary character
}

// terminator is the byte that no record holds.
func (o *Options) terminator() byte {
	if o.Null {
		return 0
	}
	return '\n'
}
