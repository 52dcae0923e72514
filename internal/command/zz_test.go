package command

import (
	"context"
	"os"
	"testing"
)

func benchRun(b *testing.B, args ...string) {
	null, _ := os.OpenFile("/dev/null", os.O_WRONLY, 0)
	old := os.Stdout
	os.Stdout = null
	defer func() { os.Stdout = old }()
	b.ReportAllocs()
	for range b.N {
		if err := Run(context.Background(), append([]string{"linefork"}, args...)); err != nil {
			b.Fatal(err)
		}
	}
}
func BenchmarkCount(b *testing.B)  { benchRun(b, "count", "/tmp/1k.csv") }
func BenchmarkGrep(b *testing.B)   { benchRun(b, "grep", "-c", "1", "/tmp/1k.csv") }
func BenchmarkFilter(b *testing.B) { benchRun(b, "filter", "--key", "21331", "/tmp/1k.csv") }
