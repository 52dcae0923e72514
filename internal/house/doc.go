// Package house checks the rules of this repository: which package may import which, which may name
// the process's streams and environment, what is generated and what is fuzzed, and that
// docs/architecture.md is true. Its tests read the source for all platforms, not only for the one
// they run on.
//
// What breaks a rule at present is listed in debts, with the reason. A debt that has been paid must
// be taken off the list.
package house
