package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const tempInfix = ".linefork-"

// MayBeTemporary reports whether a file's name is like those of temporary files beside an output, as
// nameBeside and journalPath make them. It is one of a run in progress only if it is [InUse], too.
func MayBeTemporary(base string) bool {
	i := strings.LastIndex(base, tempInfix)
	if i < 0 || base[0] != '.' {
		return false
	}
	end := base[i+len(tempInfix):]
	return end == "journal" || len(end) == 16 && strings.Trim(end, "0123456789abcdef") == ""
}

// mostBase is how many bytes of a target's name go into that of its temporary files: names may have
// 255.
const mostBase = 200

// prefixBeside returns the folder of target, and how the names of its temporary files begin.
func prefixBeside(target string) (dir, prefix string) {
	dir, base := filepath.Split(target)
	base = base[:min(len(base), mostBase)]
	return dir, "." + base + tempInfix
}

// mostNames is how many names of a folder are looked at for stale files: more would cost a run time.
const mostNames = 10_000

// removeStale removes what runs that were killed have left of their outputs to target: temporary
// files that nobody uses. What a journal needs stays until that has been undone.
func removeStale(target string) {
	if _, err := os.Lstat(journalPath(target)); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	dir, prefix := prefixBeside(target)
	if len(filepath.Base(target)) > mostBase { // the names may be those for another target
		return
	}
	folder, err := os.Open(filepath.Clean(dir + "."))
	if err != nil {
		return
	}
	defer folder.Close()
	for n := 0; n < mostNames; {
		names, err := folder.Readdirnames(1000)
		for _, name := range names {
			if strings.HasPrefix(name, prefix) && len(name) == len(prefix)+16 && MayBeTemporary(name) {
				removeUnused(filepath.Join(dir, name))
			}
		}
		if n += len(names); err != nil {
			return
		}
	}
}

// removeUnused removes a file that is not in use.
func removeUnused(path string) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	inUse, err := tryUse(f)
	if err != nil || inUse == nil {
		return
	}
	defer inUse.Close()
	// The run that used it may have renamed it in between.
	if opened, err := f.Stat(); err == nil && os.SameFile(info, opened) {
		if named, err := hasName(f, path); named && err == nil {
			_ = os.Remove(path)
		}
	}
}
