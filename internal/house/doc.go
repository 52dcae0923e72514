// Package house holds the rules of this repository as tests: who may import
// whom, who may name the process's streams and environment, what is generated
// and what is fuzzed; and that docs/architecture.md is true. They read the source of all platforms, not only that of
// the one they run on.
//
// What breaks a rule today stands in debts with the reason. A debt that is paid
// has to be taken off the list.
package house
