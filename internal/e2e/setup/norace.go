//go:build !race

package setup

// Race says whether the tests run with the race detector.
const Race = false
