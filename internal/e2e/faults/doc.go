// Package faults draws a fault, a moment, an operation, an input, an output and a way of working, and
// runs the real program so (TestMatrix). Whatever happens, the law is: either the answer is that of a
// run without the fault, or the run fails and says why, in a line that names what it is about; files
// that were promised to stay whole are; and nothing is left behind, nor hangs.
//
// Trials are numbered, and each is drawn from the seed and its number alone:
//
//	go test ./internal/e2e/faults -faults.count=10000 -timeout=0
//	go test ./internal/e2e/faults -faults.seed=7 -faults.first=123 -faults.count=1 -v
package faults
