//go:build !noasm

package wc

// kernelSwitches selects the implementations to test.
var kernelSwitches = switches()

type kernelSwitch struct {
	name string
	set  func() (restore func())
}

func switches() []kernelSwitch {
	use := func(avx2 bool) func() func() {
		return func() func() {
			old := useAVX2
			useAVX2 = avx2
			return func() { useAVX2 = old }
		}
	}
	s := []kernelSwitch{{"Go", use(false)}}
	if useAVX2 {
		s = append(s, kernelSwitch{"AVX2", use(true)})
	}
	return s
}
