// Package memory measures what runs of linefork take, and compares that with the table in
// docs/memory.md.
package memory
