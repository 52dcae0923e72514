package entropy

import (
	"slices"
	"testing"
)

func TestInts(t *testing.T) {
	next := Ints([]byte{7, 7, 255, 255})
	got := []int{next(10), next(4), next(300), next(16), next(10), next(1)}
	if want := []int{7, 3, 255, 15, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
