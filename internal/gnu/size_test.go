package gnu

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
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

func TestFormatSize(t *testing.T) {
	tests := []struct {
		n    int64
		want string
	}{
		{0, "0 B"}, {53, "53 B"}, {1023, "1023 B"}, {-53, "-53 B"},
		{1024, "1.0 KiB"}, {1536, "1.5 KiB"}, {10188, "9.9 KiB"}, {10189, "10 KiB"}, {64 << 10, "64 KiB"},
		{1<<20 - 1, "1.0 MiB"}, {1023 << 10, "1023 KiB"},
		{512 << 20, "512 MiB"}, {2 << 30, "2.0 GiB"}, {-2 << 30, "-2.0 GiB"},
		{1 << 40, "1.0 TiB"}, {3 << 50, "3.0 PiB"}, {math.MaxInt64, "8.0 EiB"}, {math.MinInt64, "-8.0 EiB"},
	}
	for _, test := range tests {
		if got := FormatSize(test.n); got != test.want {
			t.Errorf("FormatSize(%d) = %q, want %q", test.n, got, test.want)
		}
	}
}

// TestFormatSizeMonotone checks that a larger number never looks smaller.
func TestFormatSizeMonotone(t *testing.T) {
	rank := func(size string) (power int, value float64) {
		number, unit, _ := strings.Cut(size, " ")
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			t.Fatal(err)
		}
		return strings.IndexByte("B"+sizePrefixes, unit[0]), value
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Min(0).Draw(t, "a") >> rapid.IntRange(0, 62).Draw(t, "shift")
		b := a + rapid.Int64Range(0, min(a/100+1, math.MaxInt64-a)).Draw(t, "more")
		ap, av := rank(FormatSize(a))
		bp, bv := rank(FormatSize(b))
		if bp < ap || bp == ap && bv < av || av >= 1024 {
			t.Fatalf("%d is %s, %d is %s", a, FormatSize(a), b, FormatSize(b))
		}
	})
}
