//go:build !linux

package bench

import "errors"

// dropFromCache drops a file from the page cache. The error says why it is still there.
func dropFromCache(string) error {
	return errors.New("this system has no way to drop a file from its cache")
}
