//go:build !unix

package window

import "errors"

func (w *Window) mapFile(start, end int64) error { return errors.ErrUnsupported }

func (w *Window) release(int) {}

func (w *Window) giveBack(int, int) {}

// Close releases the window. Data must not be used after it.
func (w *Window) Close() error {
	w.Data = nil
	return nil
}
