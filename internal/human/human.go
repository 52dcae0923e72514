// Package human writes numbers for people to read.
package human

import (
	"fmt"
	"strconv"
	"time"
)

// Bytes writes a number of bytes with three digits or a little more, and a binary unit: "17 B",
// "1.50 GiB".
func Bytes(n int64) string { return bytes(float64(n)) }

// Rate writes a number of bytes a second.
func Rate(perSecond float64) string { return bytes(perSecond) + "/s" }

func bytes(x float64) string {
	const units = "KMGTPE"
	if x < 1024 {
		return fmt.Sprintf("%.0f B", x)
	}
	i := -1
	for x >= 1000 && i < len(units)-1 {
		x /= 1024
		i++
	}
	digits := 0
	switch {
	case x < 9.995:
		digits = 2
	case x < 99.95:
		digits = 1
	}
	return strconv.FormatFloat(x, 'f', digits, 64) + " " + units[i:i+1] + "iB"
}

// Count writes a number with its digits in groups of three.
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Clock writes a duration of some seconds or more as a clock does: "0:07", "1:02:03".
func Clock(d time.Duration) string {
	s := int64(d.Round(time.Second) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
