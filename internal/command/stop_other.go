//go:build !unix

package command

// onStop does nothing: no shell stops a run here.
func (p *progress) onStop() {}
