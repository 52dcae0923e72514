package run

// SetLongRecord sets the number of bytes above which a record is long, for greps that begin from now
// on; the function that it returns undoes that.
func SetLongRecord(n int64) (undo func()) {
	before := longRecord
	longRecord = n
	return func() { longRecord = before }
}
