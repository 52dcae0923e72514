package cpu

import "testing"

func TestDisableAVX2(t *testing.T) {
	detected := AVX2()
	outer := DisableAVX2()
	if AVX2() {
		t.Error("AVX2 is not disabled")
	}
	if f := Features(); len(f) > 0 {
		t.Errorf("features are made use of: %q", f)
	}
	DisableAVX2()()
	if AVX2() {
		t.Error("the inner restore enables what was disabled outside")
	}
	outer()
	if AVX2() != detected {
		t.Errorf("AVX2 is %t after restore, was %t", AVX2(), detected)
	}
}

func TestFeatures(t *testing.T) {
	if f := Features(); (len(f) > 0) != AVX2() {
		t.Errorf("features %q where AVX2 is %t", f, AVX2())
	}
}
