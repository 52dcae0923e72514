//go:build !linux

package output

import (
	"errors"
	"io/fs"
	"os"
)

func createUnnamed(string, fs.FileMode) (*os.File, error) { return nil, errors.ErrUnsupported }
func linkUnnamed(*os.File, string) error                  { return errors.ErrUnsupported }
func keepAttributes(*os.File, string, fs.FileInfo)        {}
