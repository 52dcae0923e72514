//go:build !amd64 || noasm

package wc

// kernelSwitches selects the implementations to test.
var kernelSwitches = []kernelSwitch{{"Go", func() func() { return func() {} }}}

type kernelSwitch struct {
	name string
	set  func() (restore func())
}
