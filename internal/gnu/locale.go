package gnu

import "github.com/linefork/linefork/internal/locale"

// Locale is the encoding of the messages, and with it what is quoted in them.
type Locale = locale.Locale

// The locales.
const (
	C    = locale.C
	UTF8 = locale.UTF8
)
