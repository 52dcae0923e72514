// Package output is where the result of a run goes: to a stream at once, or into a file
// that changes only when the result is whole.
//
//	out, err := output.Create("rows.csv", output.Options{})
//	if err != nil { … }
//	defer out.Abort() // has no effect after Commit
//	if _, err = run.Filter(ctx, run.FilterOptions{…, Out: out}); err == nil {
//		err = out.Commit(ctx)
//	}
//
// # What is promised, and when
//
// [Stream] and [To] write at once, to an open file or to any writer.
//
// [Create] writes to a temporary file in the folder of the target. Commit renames it: until
// then, and after Abort, the target is what it was, and from then on it is the new file, whole.
// It keeps the permissions that it had and, as far as that is permitted, its owner and on Linux
// its extended attributes and access control lists; not its hard links. Of two runs that write to
// one file the last to commit wins.
//
// [Append] writes to a temporary file as well, so that runs that append to one
// file work side by side. Commit takes an exclusive lock (flock) on the target,
// which all runs respect, and adds what was written in one piece, after a last line
// that it completes if need be; if that fails it cuts the target back to what it was. A
// header is written only to a file that is empty.
//
// A process that is killed in the middle of adding leaves a part of its rows in the
// target, and a journal beside it, forced to the disk before the first of them. Whoever
// next takes the lock in Commit cuts the target back first: what was added in part is
// gone as a whole, and no row is completed that was not. If what stands there is
// not what that run was adding, as another program has changed it, Commit fails,
// changes nothing, and names the journal.
//
// The permissions of temporary file and journal are at no time wider than those of the target.
//
// Both find the target through symbolic links, which stay, and report at once
// what would keep it from being written to.
//
// Without [Options].Sync only the journal is forced to the disk, so that the state after a power
// failure may be another one than all these. With it Commit returns when what it has written, and
// its name, would still be there then; and at no time before may half of it be there. If something
// cannot be forced to the disk Commit returns a [*SyncError].
//
// Where the system has files without names (Linux, on most file systems), the temporary file
// has none before Commit, and nothing is left of a run that is killed before. Elsewhere that is a
// file whose name [MayBeTemporary] knows, and which is locked while it is in use; the next run with
// the same target removes one that is not. Of a run killed in the Commit of Append that file is left,
// and the journal, until the next run.
//
// Where the path leads to a device or a pipe, or is another name of a file in
// [Options], Create and Append write to that at once, as Stream does. Commit and Abort
// do not change what was written then.
//
// # Errors
//
// What is written fails with an [*Error], which is how a run tells its output from its
// inputs. Create, Append and Commit return errors of the file system, such as
// a *fs.PathError, as they are.
package output

import (
	"context"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"time"
)

// Output is where the result of a run goes. It ends with the first call of Commit or
// Abort; a later one has no effect. It is for one goroutine.
type Output interface {
	// Write writes what follows. Its error is an [*Error].
	io.Writer
	// Header writes what belongs at the start of a file only, before all else.
	// Its error is an [*Error].
	Header(b []byte) error
	// Encoding says that what is written next is text in UTF-16 of this byte
	// order or, for nil, that it is not.
	Encoding(order binary.ByteOrder)
	// Info describes the regular file that the output is, or will replace or
	// extend, as it was when the output was made; nil if there was none.
	Info() fs.FileInfo
	// Deferred reports whether nothing of what is written is seen before Commit, so that
	// an input may be the file that Info describes.
	Deferred() bool
	// Commit makes what was written the result. It waits for a lock until ctx is
	// done. The error is that of the file system, or why ctx is done.
	Commit(ctx context.Context) error
	// Abort discards what was written, where that can be done.
	Abort()
}

// Error is a failure to write.
type Error struct{ Err error }

func (e *Error) Error() string { return "write error: " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return &Error{err}
}

// Options are how [Create] and [Append] get along with the rest of the process.
// The zero value is for a program that does nothing else with its streams and signals.
type Options struct {
	// Standard are open files, as standard output, that a path may be another
	// name of: /dev/stdout, or the file that it was redirected to, which others
	// write to before and after. They are written to as they are, and stay open.
	Standard []*os.File
	// Creating, if not nil, is called before a temporary file is made, which has
	// to be removed before the process ends.
	Creating func()
	// Waiting, if not nil, is called once in Commit when it has waited for a second for
	// the lock of the target of Append, with the process that holds it; 0 if that is not known.
	Waiting func(holder int)
	// LockTimeout is how long Commit waits for the lock, and then fails with a [*LockedError];
	// 0: as long as it takes.
	LockTimeout time.Duration
	// Sync has Commit force what was written to the disk, and the folder in which it stands.
	// Devices and pipes, for which the system cannot do that, are left as they are.
	Sync bool
	// Committing, if not nil, is called when the target of Append is about to be
	// written to, and done when it is whole again. The process should not be
	// ended in between.
	Committing func() (done func())
}

func (o *Options) creating() {
	if o.Creating != nil {
		o.Creating()
	}
}

func (o *Options) committing() (done func()) {
	if o.Committing == nil {
		return func() {}
	}
	return o.Committing()
}
