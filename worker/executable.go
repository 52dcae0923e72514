package worker

import (
	"os"
	"path/filepath"
)

// executable is the program that a child runs. On Linux it is a link that stays valid if the file
// is replaced by another version during the run; without /proc, the path by which the kernel found
// the file.
func executable() (string, error) {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	path, err := os.Executable()
	if err == nil {
		return path, nil
	}
	if path = executedAs(); path == "" {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	_, err = os.Stat(path)
	return path, err
}
