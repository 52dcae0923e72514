// Package picture draws docs/terminal.svg, the picture of a run on a terminal, and checks it. It
// contains tests only. This draws it anew; it takes as much room in the temporary folder as the file
// that is searched:
//
//	go test ./internal/e2e/picture -picture.update
package picture
