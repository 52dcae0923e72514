//go:build !race

package setup

// Race says whether the tests have the race detector.
const Race = false
