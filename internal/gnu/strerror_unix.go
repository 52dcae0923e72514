//go:build unix

package gnu

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// strerror returns the system's text for the error number in err, if there is one. Go's texts are
// those of glibc in lower case, except for a few numbers that Go does not know.
func strerror(err error) (string, bool) {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return "", false
	}
	text := errno.Error()
	switch {
	case errno == 0:
		return "Success", true
	case strings.HasPrefix(text, "errno "):
		return fmt.Sprintf("Unknown error %d", int(errno)), true
	}
	return strings.ToUpper(text[:1]) + text[1:], true
}
