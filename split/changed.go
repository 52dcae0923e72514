package split

import "io/fs"

// Changed returns [ErrChanged] if the input is a regular file that has been changed since it was
// opened, other than by growing; see [rewritten]. Other errors are those of reading its state.
func (in *Input) Changed() error {
	if !in.Regular() || in.info.Size() == 0 { // those in /proc only claim to be empty
		return nil
	}
	now, err := in.file.Stat()
	if err == nil && rewritten(in.info, now) {
		err = ErrChanged
	}
	return err
}

// rewritten reports whether a file that was as before says, and is as now says, may hold other
// bytes where it had some. Nothing but the bytes themselves would prove it. What became larger is
// taken for a log that is appended to, though it may have been rewritten as well. A time that
// changed counts, even if the same bytes were written again, or only the mode or the name is
// another. But a file whose links have become more or fewer, as when another takes over its name,
// has a new change time for that reason.
func rewritten(before, now fs.FileInfo) bool {
	was, is := Identify(before), Identify(now)
	switch {
	case is.Size != was.Size:
		return is.Size < was.Size
	case is.ModTime != was.ModTime:
		return true
	}
	return is.ChangeTime != was.ChangeTime && links(before) == links(now)
}
