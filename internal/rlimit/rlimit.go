// Package rlimit knows how much memory a process may map (ulimit -v), and how many processes and
// threads its user may have (ulimit -u).
package rlimit
