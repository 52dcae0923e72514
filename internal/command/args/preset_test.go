package args

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/getopt"
)

// TestPreset has options of a person before those of a command line.
func TestPreset(t *testing.T) {
	for _, test := range []struct{ preset, line, same string }{
		{"", "count a", "count a"},
		{"-j 4 --progress never", "count a", "count -j 4 --progress never a"},
		{" --mode='threads' ", "grep p", "grep --mode threads p"},
		{"-j4 -j5", "filter -k 1", "filter -k 1 -j5"},
		{"-j4 --unchanged", "count -j 7", "count --unchanged -j 7"},
		{"--timeout \"5m\"", "count --timeout=1m", "count"},
		{"-j4", "count --no-config", "count"},
		{"'", "count --no-config", "count"},
		{"--bogus x", "filter -k 1 --no-config", "filter -k 1"},
		{"--bogus", "count --help", "count --help"},
		{"--bogus", "generate", "generate"},
		{"--bogus", "version", "version"},
	} {
		got, err := Parse(strings.Fields("linefork "+test.line), Env{Options: test.preset})
		if want := mustParse(t, test.same); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s with %q: %+v, %v, want %+v", test.line, test.preset, got, err, want)
		}
	}
	// It does not count as typed: there is nothing to object to.
	if _, err := Parse([]string{"linefork", "count", "--by", "1"}, Env{Options: "-j 2"}); err != nil {
		t.Error(err)
	}

	const takes = "; it holds only options that count, grep and filter share"
	for _, test := range []struct{ preset, want, near string }{
		{"'a", "a quote is not closed", ""},
		{"-j", "option requires an argument -- 'j'" + takes, ""},
		{"-j 0", "invalid number of processes '0'; it is 1 to 4096", ""},
		{"--mode thread", "invalid mode 'thread'; it is processes, threads or serial", "threads"},
		{"--proces 4", "unrecognized option '--proces'" + takes, "--processes"},
		{"--json", "unrecognized option '--json'" + takes, ""},
		{"-n", "invalid option -- 'n'" + takes, ""},
		{"--no-config", "unrecognized option '--no-config'" + takes, ""},
		{"-j 4 a", "'a' is not an option" + takes, ""},
	} {
		for _, line := range []string{"count a", "grep p", "filter -k 1"} {
			_, err := Parse(strings.Fields("linefork "+line), Env{Options: test.preset})
			name, _, _ := strings.Cut(line, " ")
			want := getopt.UsageError{
				Command: name, Message: "LINEFORK_OPTIONS: " + test.want, Near: test.near,
			}
			var usage *getopt.UsageError
			if !errors.As(err, &usage) || *usage != want {
				t.Errorf("%s with %q: %+v, want %+v", line, test.preset, err, want)
			}
		}
	}
}

// TestPresetIsShared has what Variable takes in all of the commands that take it, under
// the same names.
func TestPresetIsShared(t *testing.T) {
	var first []string
	for _, name := range []string{"count", "grep", "filter"} {
		var shared []string
		for _, o := range find(name).table() {
			if o.shared {
				shared = append(shared, o.names)
			}
		}
		if first == nil {
			first = shared
		}
		if len(shared) == 0 || !reflect.DeepEqual(shared, first) {
			t.Errorf("%s: %q, want %q", name, shared, first)
		}
	}
}
