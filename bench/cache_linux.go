package bench

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// dropFromCache drops a file from the page cache. The error says why it is still there.
func dropFromCache(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	// What has not been written to the disk stays.
	if err := f.Sync(); err != nil {
		return fmt.Errorf("the file cannot be synced to the disk: %w", err)
	}
	if err := unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		return fmt.Errorf("the system does not drop it from the page cache: %w", err)
	}
	return checkDropped(f)
}

// checkDropped reads a byte here and there, without waiting for the disk: what can be read so is in
// memory.
func checkDropped(f *os.File) error {
	const places = 64
	info, err := f.Stat()
	if err != nil {
		return err
	}
	cached := 0
	for i := range int64(places) {
		n, err := unix.Preadv2(int(f.Fd()), [][]byte{{0}}, info.Size()*i/places, unix.RWF_NOWAIT)
		if errors.Is(err, unix.EOPNOTSUPP) || errors.Is(err, unix.ENOSYS) {
			return nil // it is not known; tmpfs knows the flag
		}
		if n > 0 {
			cached++
		}
	}
	if cached > places/10 {
		return errors.New("it stays in the page cache (is it on a file system in memory?)")
	}
	return nil
}
