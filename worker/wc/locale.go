package wc

import "github.com/linefork/linefork/internal/locale"

// Locale is the encoding of the text.
type Locale = locale.Locale

// The locales.
const (
	C    = locale.C
	UTF8 = locale.UTF8
)
