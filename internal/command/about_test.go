package command

import (
	"reflect"
	"runtime/debug"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/command/args"
)

func TestAboutBuild(t *testing.T) {
	const commit = "76ba57a1232a261dc9688e7e13ce604553d90cd9"
	built := time.Date(2026, 11, 30, 22, 30, 0, 0, time.UTC)
	build := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	for _, test := range []struct {
		info *debug.BuildInfo
		want args.About
	}{
		{build(""), args.About{Version: "(devel)"}},
		{build("v1.2.3"), args.About{Version: "v1.2.3"}},
		{
			build("v1.2.3", debug.BuildSetting{Key: "vcs.revision", Value: commit},
				debug.BuildSetting{Key: "vcs.modified", Value: "false"},
				debug.BuildSetting{Key: "vcs.time", Value: "2026-12-01T00:30:00+02:00"}),
			args.About{
				Version: "v1.2.3", Built: built, Details: []string{"commit:    " + commit + ", 2026-11-30"},
			},
		},
		{
			build("", debug.BuildSetting{Key: "vcs.revision", Value: commit},
				debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			args.About{Version: "(devel)", Details: []string{"commit:    " + commit + ", changed since"}},
		},
	} {
		got := aboutBuild(test.info)
		if !got.Built.Equal(test.want.Built) {
			t.Errorf("%v: built %v, want %v", test.info, got.Built, test.want.Built)
		}
		got.Built = test.want.Built
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v: %+v, want %+v", test.info, got, test.want)
		}
	}
}
