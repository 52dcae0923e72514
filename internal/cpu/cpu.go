// Package cpu chooses between assembly and portable Go.
//
// One function, [AVX2], decides for all kernels, so that no machine runs a mixture that was never
// tested. Under the build tag noasm, and on platforms other than amd64, it is constant.
package cpu

// AVX2 reports whether the assembly can run: it uses AVX2, BMI1 (ANDN, TZCNT) and POPCNT. Every
// processor that has the first has the others, but a virtual machine may hide them.
func AVX2() bool { return avx2 }

// Features returns the names of the features that are made use of, none where portable Go runs.
func Features() []string {
	if !AVX2() {
		return nil
	}
	return []string{"AVX2", "BMI1", "POPCNT"}
}

// DisableAVX2 makes [AVX2] return false until restore is called, for tests of the portable code.
// Nothing that calls AVX2 may run at the time of either call.
func DisableAVX2() (restore func()) { return disable() }
