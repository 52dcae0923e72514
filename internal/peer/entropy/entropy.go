// Package entropy makes the choices of a random test out of bytes, so that a
// fuzzer, or a library that shrinks its failures, can make them.
package entropy

// Ints returns what draws numbers in [0, n), a byte each, and zeros when data is
// used up. With n above 256 it draws no number beyond 255.
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
