//go:build unix

package output

import "os"

// syncFolder forces the names in a folder to the disk.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return &SyncError{Err: err}
	}
	defer f.Close()
	if err := fsync(f); err != nil && !unsyncable(err) {
		return &SyncError{Err: err}
	}
	return nil
}
