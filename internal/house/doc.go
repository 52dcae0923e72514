// Package house checks the rules of this repository: which package may import which, which may name
// the process's streams and environment, what is generated and what is fuzzed, and that
// docs/architecture.md is true. Its tests read the source for all platforms, not only for the one
// they run on.
package house
