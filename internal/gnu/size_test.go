package gnu

import (
	"math"
	"testing"
)

func TestParseSize(t *testing.T) {
	tests := []struct {
		s    string
		want int64
	}{
		{"0", 0}, {"4096", 4096}, {"007", 7}, {"53B", 53},
		{"64K", 65536}, {"64KiB", 65536}, {"64k", 65536}, {"64kiB", 65536}, {"64kB", 64000}, {"64KB", 64000},
		{"1M", 1 << 20}, {"1MiB", 1 << 20}, {"1MB", 1e6}, {"1m", 1 << 20},
		{"2G", 2 << 30}, {"2g", 2 << 30}, {"2GB", 2e9},
		{"1T", 1 << 40}, {"1TB", 1e12}, {"1PiB", 1 << 50}, {"1PB", 1e15}, {"1E", 1 << 60}, {"1EB", 1e18}, {"7E", 7 << 60},
		{"9223372036854775807", math.MaxInt64},
	}
	for _, test := range tests {
		if got, err := ParseSize(test.s); err != nil || got != test.want {
			t.Errorf("ParseSize(%q) = %d, %v, want %d", test.s, got, err, test.want)
		}
	}
	errors := []struct {
		s    string
		want string
	}{
		{"", "invalid size ''"},
		{"K", "invalid size 'K'"},
		{"-1", "invalid size '-1'"},
		{"+1", "invalid size '+1'"},
		{" 1", "invalid size ' 1'"},
		{"x", "invalid size 'x'"},
		{"1.5G", "invalid suffix in size '1.5G'"},
		{"1 K", "invalid suffix in size '1 K'"},
		{"1x", "invalid suffix in size '1x'"},
		{"1b", "invalid suffix in size '1b'"},
		{"1Kb", "invalid suffix in size '1Kb'"},
		{"1Ki", "invalid suffix in size '1Ki'"},
		{"1KK", "invalid suffix in size '1KK'"},
		{"1BB", "invalid suffix in size '1BB'"},
		{"1e6", "invalid suffix in size '1e6'"},
		{"8E", "size '8E' is too large"},
		{"9223372036854775808", "size '9223372036854775808' is too large"},
		{"99999999999999999999K", "size '99999999999999999999K' is too large"},
	}
	for _, test := range errors {
		if n, err := ParseSize(test.s); err == nil || err.Error() != test.want {
			t.Errorf("ParseSize(%q) = %d, %v, want %s", test.s, n, err, test.want)
		}
	}
}
