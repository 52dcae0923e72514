//go:build !linux && !darwin

package limit

// CPU returns the model of the processor; "" if it is not known.
func CPU() string { return "" }
