package limit

import "golang.org/x/sys/unix"

// CPU returns the model of the processor; "" if it is not known.
func CPU() string {
	model, _ := unix.Sysctl("machdep.cpu.brand_string")
	return model
}
