// Package entropy turns bytes into the choices of a random test, so that a fuzzer, or a library
// that shrinks failures, can make them.
package entropy

// Ints returns a function that draws numbers in [0, n), one per byte of data, and zeros after that.
// If n is above 256 it draws no number above 255.
func Ints(data []byte) func(n int) int {
	return func(n int) int {
		if len(data) == 0 {
			return 0
		}
		c := int(data[0])
		data = data[1:]
		return c % n
	}
}
