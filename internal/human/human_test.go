package human

import (
	"math"
	"testing"
	"time"
)

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 1: "1 B", 999: "999 B", 1000: "1000 B", 1023: "1023 B", 1024: "1.00 KiB",
		1500: "1.46 KiB", 10 << 10: "10.0 KiB", 999 << 10: "999 KiB", 1000 << 10: "0.98 MiB",
		1 << 20: "1.00 MiB", 64 << 20: "64.0 MiB", 123 << 30: "123 GiB", math.MaxInt64: "8.00 EiB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := Rate(3.5 * (1 << 30)); got != "3.50 GiB/s" {
		t.Error(got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 12: "12", 123: "123", 1234: "1,234", 123456: "123,456", 1234567: "1,234,567",
		-1234: "-1,234", -123: "-123",
	} {
		if got := Count(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0:00", 7400 * time.Millisecond: "0:07", 61 * time.Second: "1:01",
		3723 * time.Second: "1:02:03", 100 * time.Hour: "100:00:00",
	} {
		if got := Clock(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
