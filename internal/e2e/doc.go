// Package e2e tests linefork as its users run it: as a program with child
// processes, by the scripts in testdata/script, against the tools whose answers
// it promises, and with workers and coordinators that are killed on the way. It
// holds tests only.
package e2e
