// Package e2e tests linefork as users run it, as a program with child processes: with the scripts
// in testdata/script, against the tools whose answers it promises, and with workers and
// coordinators that are killed. It contains tests only.
package e2e
