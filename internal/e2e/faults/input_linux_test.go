package faults

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"time"
)

// inputFaults are changes of an input while it is read.
func inputFaults() []*fault {
	hasVictim := func(x *trial) bool { return x.in.victim != "" }
	part := func(b []byte) []byte { return b[:len(b)/4*2] } // UTF-16 has two bytes to a unit
	other := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("x"), []byte("y")) }
	more := func(b []byte) []byte {
		// Within a page: of a longer piece, a reader may see a part.
		n := min(os.Getpagesize()-len(b)%os.Getpagesize(), len(b)-2) / 2 * 2
		return append(bytes.Clone(b), b[2:2+n]...)
	}
	change := func(what string, do func(path string, old []byte) error, after func([]byte) []byte) *fault {
		f := &fault{
			name: "input: " + what, fits: hasVictim, fired: struck, mixes: true, warns: true,
			prepare: func(a *attempt) error {
				// The clock of the file system may stand for some time.
				time.Sleep(10 * time.Millisecond)
				return a.slowDown()
			},
			strike: func(a *attempt) {
				a.reach()
				a.struck = !a.over() && do(a.path(a.in.victim), a.in.files[a.in.victim]) == nil
			},
			change: func(in *input) map[string][]byte {
				files := maps.Clone(in.files)
				if after == nil {
					delete(files, in.victim)
				} else {
					files[in.victim] = after(files[in.victim])
				}
				return files
			},
		}
		return f
	}
	rewrite := func(path string, data []byte, flag int) error {
		f, err := os.OpenFile(path, os.O_WRONLY|flag, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(data)
		return err
	}
	keep := func(b []byte) []byte { return b }
	unreadable := change("made unreadable", func(path string, _ []byte) error { return os.Chmod(path, 0) }, keep)
	slowDown := unreadable.prepare
	unreadable.fits = func(x *trial) bool { return hasVictim(x) && os.Getuid() == 0 }
	unreadable.prepare = func(a *attempt) error {
		a.asNobody = true
		return slowDown(a)
	}
	return []*fault{
		unreadable,
		change("truncated", func(path string, old []byte) error {
			return os.Truncate(path, int64(len(part(old))))
		}, part),
		change("emptied", func(path string, _ []byte) error {
			return os.Truncate(path, 0)
		}, func([]byte) []byte { return nil }),
		change("grown", func(path string, old []byte) error {
			return rewrite(path, more(old)[len(old):], os.O_APPEND)
		}, more),
		change("rewritten", func(path string, old []byte) error {
			return rewrite(path, other(old), 0)
		}, other),
		change("replaced", func(path string, old []byte) error {
			f, err := os.CreateTemp("", "linefork-faults-new-*") // where -r does not find it
			if err != nil {
				return err
			}
			_, err = f.Write(other(old))
			if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
				err = os.Rename(f.Name(), path)
			}
			if err != nil {
				os.Remove(f.Name())
			}
			return err
		}, other),
		change("deleted", func(path string, _ []byte) error { return os.Remove(path) }, nil),
	}
}
