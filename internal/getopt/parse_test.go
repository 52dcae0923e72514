package getopt

import (
	"errors"
	"slices"
	"testing"
)

func testOptions() []Option {
	return []Option{
		{Names: []string{"lines", "l"}},
		{Names: []string{"words", "w"}},
		{Names: []string{"c", "bytes"}},
		{Names: []string{"n"}},
		{Names: []string{"jobs", "j"}, Value: Required},
		{Names: []string{"total"}, Value: Required},
		{Names: []string{"top"}, Value: Required},
		{Names: []string{"topmost"}},
		{Names: []string{"key", "k", "e"}, Value: Required},
		{Names: []string{"size"}, Value: Required},
		{Names: []string{"context", "C"}, Value: Required},
		{Names: []string{"color", "colour", "o"}, Value: Optional, Default: "auto"},
		{Names: []string{"contour"}, Whole: true},
	}
}

// parse returns the result of Parse in one form: options by their first long name, with values as
// --name=value, then --, then the operands.
func parse(c *Command, args []string) ([]string, error) {
	given, operands, err := c.Parse(args)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, g := range given {
		opt := c.Options[g.Option]
		name := opt.Names[0]
		for _, n := range opt.Names {
			if isShort(name) {
				name = n
			}
		}
		if opt.Value != None {
			name += "=" + g.Value
		}
		all = append(all, "--"+name)
	}
	return append(append(all, "--"), operands...), nil
}

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"nothing", nil, []string{"--"}},
		{"operands", []string{"a", "b"}, []string{"--", "a", "b"}},
		{"cluster", []string{"-lwc"}, []string{"--lines", "--words", "--bytes", "--"}},
		{"attached value", []string{"-j4"}, []string{"--jobs=4", "--"}},
		{"value in the next argument", []string{"-j", "4"}, []string{"--jobs=4", "--"}},
		{"cluster ending in a value", []string{"-nj4"}, []string{"--n", "--jobs=4", "--"}},
		{"cluster ending in an option with a value", []string{"-nj", "4"}, []string{"--n", "--jobs=4", "--"}},
		{"attached value looks like options", []string{"-jlw"}, []string{"--jobs=lw", "--"}},
		{"attached equals sign belongs to the value", []string{"-j=4"}, []string{"--jobs==4", "--"}},
		{"long with equals sign", []string{"--jobs=4"}, []string{"--jobs=4", "--"}},
		{"long with next argument", []string{"--jobs", "4"}, []string{"--jobs=4", "--"}},
		{"unique prefix", []string{"--li", "--jo=4", "--tot", "x"}, []string{"--lines", "--jobs=4", "--total=x", "--"}},
		{"exact match wins", []string{"--top", "x"}, []string{"--top=x", "--"}},
		{"aliases are not ambiguous", []string{"--col", "--colour=never"}, []string{"--color=auto", "--color=never", "--"}},
		{"some only by their whole name", []string{"--con=3", "--contour"}, []string{"--context=3", "--contour", "--"}},
		{"options after operands", []string{"a", "-l", "b", "-j", "4", "c"}, []string{"--lines", "--jobs=4", "--", "a", "b", "c"}},
		{"-- ends options", []string{"a", "--", "-l", "--", "b"}, []string{"--", "a", "-l", "--", "b"}},
		{"lone - is an operand", []string{"-", "-l", "-"}, []string{"--lines", "--", "-", "-"}},
		{"empty operand", []string{"", "-l"}, []string{"--lines", "--", ""}},
		{"negative values", []string{"-j", "-1", "--size=-1", "--size", "-1", "-j-1"}, []string{"--jobs=-1", "--size=-1", "--size=-1", "--jobs=-1", "--"}},
		{"-- as value", []string{"-k", "--", "--key", "--"}, []string{"--key=--", "--key=--", "--"}},
		{"- as value", []string{"-k", "-", "-k-"}, []string{"--key=-", "--key=-", "--"}},
		{"repeated in order", []string{"-ka", "--key=b", "-l", "-e", "a"}, []string{"--key=a", "--key=b", "--lines", "--key=a", "--"}},
		{"odd values", []string{"--key=a=b", "-k", "a,b c", "-ka\nb", "--key=", "-k", "", "-k\xff"}, []string{"--key=a=b", "--key=a,b c", "--key=a\nb", "--key=", "--key=", "--key=\xff", "--"}},
		{"optional value", []string{"--color", "always", "--color=never", "--color=", "-o", "-lonever"}, []string{"--color=auto", "--color=never", "--color=", "--color=auto", "--lines", "--color=never", "--", "always"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := slices.Clone(test.args)
			got, err := parse(&Command{Name: "count", Options: testOptions()}, args)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("Parse(%q) = %q, want %q", test.args, got, test.want)
			}
			if !slices.Equal(args, test.args) {
				t.Errorf("Parse(%q) changed its argument to %q", test.args, args)
			}
		})
	}
}

func TestDigits(t *testing.T) {
	tests := []struct {
		args []string
		want []string
	}{
		{[]string{"-12"}, []string{"--context=12", "--"}},
		{[]string{"-5", "a", "-l7"}, []string{"--context=5", "--lines", "--context=7", "--", "a"}},
		{[]string{"-l1w2"}, []string{"--lines", "--context=1", "--words", "--context=2", "--"}},
		{[]string{"-1", "-2"}, []string{"--context=1", "--context=2", "--"}},
		{[]string{"-C", "-3", "-j4"}, []string{"--context=-3", "--jobs=4", "--"}},
		{[]string{"-01"}, []string{"--context=01", "--"}},
		{[]string{"-2j4"}, []string{"--context=2", "--jobs=4", "--"}},
		{[]string{"--", "-12"}, []string{"--", "-12"}},
	}
	for _, test := range tests {
		c := Command{Name: "grep", Options: testOptions(), Digits: "context"}
		got, err := parse(&c, test.args)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("Parse(%q) = %q, %v, want %q", test.args, got, err, test.want)
		}
	}
}

func TestPosix(t *testing.T) {
	tests := []struct {
		args []string
		want []string
	}{
		{[]string{"-l", "a", "-w", "--", "b"}, []string{"--lines", "--", "a", "-w", "--", "b"}},
		{[]string{"-l", "--", "-w", "--"}, []string{"--lines", "--", "-w", "--"}},
		{[]string{"-j", "4", "-", "-l"}, []string{"--jobs=4", "--", "-", "-l"}},
	}
	for _, test := range tests {
		c := Command{Name: "count", Options: testOptions(), Posix: true}
		got, err := parse(&c, test.args)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("Parse(%q) = %q, %v, want %q", test.args, got, err, test.want)
		}
	}
}

func TestUsageError(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"--lines=3"}, "option '--lines' doesn't allow an argument"},
		{[]string{"--li="}, "option '--lines' doesn't allow an argument"},
		{[]string{"--foo"}, "unrecognized option '--foo'"},
		{[]string{"--foo=3"}, "unrecognized option '--foo=3'"},
		{[]string{"--linesx"}, "unrecognized option '--linesx'"},
		{[]string{"-x"}, "invalid option -- 'x'"},
		{[]string{"-lx"}, "invalid option -- 'x'"},
		{[]string{"-l-"}, "invalid option -- '-'"},
		{[]string{"-5"}, "invalid option -- '5'"},
		{[]string{"-é"}, "invalid option -- 'é'"},
		{[]string{"-j"}, "option requires an argument -- 'j'"},
		{[]string{"-lj"}, "option requires an argument -- 'j'"},
		{[]string{"a", "--key"}, "option '--key' requires an argument"},
		{[]string{"--siz"}, "option '--size' requires an argument"},
		{[]string{"--to"}, "option '--to' is ambiguous; possibilities: '--total' '--top' '--topmost'"},
		{[]string{"--to=1"}, "option '--to=1' is ambiguous; possibilities: '--total' '--top' '--topmost'"},
		{[]string{"--co"}, "option '--co' is ambiguous; possibilities: '--context' '--color' '--colour'"},
	}
	for _, test := range tests {
		got, err := parse(&Command{Name: "count", Options: testOptions()}, test.args)
		var usage *UsageError
		if !errors.As(err, &usage) {
			t.Errorf("Parse(%q) = %q, %v, want a UsageError", test.args, got, err)
			continue
		}
		if usage.Error() != test.want || usage.Command != "count" {
			t.Errorf("Parse(%q): %s: %s, want %s", test.args, usage.Command, usage, test.want)
		}
	}
}

// TestNear has long options that were mistyped. What they are near to is no part of the message.
func TestNear(t *testing.T) {
	for arg, want := range map[string]string{
		"--wrods": "--words", "--wrods=3": "--words", "--bites": "--bytes", "--contuor": "--contour",
		"--foo": "", "--x": "", "--=words": "",
	} {
		c := Command{Options: testOptions()}
		_, _, err := c.Parse([]string{arg})
		var usage *UsageError
		if !errors.As(err, &usage) || usage.Near != want {
			t.Errorf("%s: %+v, want %q", arg, usage, want)
		}
	}
}
