package cgroup

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFind reads the files of both versions as the kernel writes them.
func TestFind(t *testing.T) {
	for name, x := range map[string]struct {
		files map[string]string
		limit int64 // 0: none
		kills int64
	}{
		"no proc": {},
		"version 2": {files: map[string]string{
			"proc/self/cgroup":                    "0::/user.slice/job\n",
			"proc/self/mountinfo":                 "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
			"sys/fs/cgroup/memory.events":         "",
			"sys/fs/cgroup/user.slice/memory.max": "209715200\n",
			"sys/fs/cgroup/user.slice/memory.events": "low 0\nhigh 0\nmax 3\noom 1\noom_kill 3\n" +
				"oom_group_kill 0\n",
			"sys/fs/cgroup/user.slice/job/memory.max":    "104857600\n",
			"sys/fs/cgroup/user.slice/job/memory.events": "oom_kill 2\n",
		}, limit: 100 << 20, kills: 5},
		"the group above": {files: map[string]string{
			"proc/self/cgroup":                        "0::/user.slice/job\n",
			"proc/self/mountinfo":                     "30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
			"sys/fs/cgroup/user.slice/memory.max":     "209715200\n",
			"sys/fs/cgroup/user.slice/job/memory.max": "max\n",
		}, limit: 200 << 20},
		"no limit": {files: map[string]string{
			"proc/self/cgroup":             "0::/job\n",
			"proc/self/mountinfo":          "30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
			"sys/fs/cgroup/job/memory.max": "max\n",
		}},
		"version 1": {files: map[string]string{
			"proc/self/cgroup": "9:name=systemd:/x\n4:cpu,memory:/a/job\n0::/x\n",
			"proc/self/mountinfo": "31 25 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n" +
				"32 25 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,cpu,memory\n" +
				"33 25 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes":       "9223372036854771712\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes":     "9223372036854771712\n",
			"sys/fs/cgroup/memory/a/job/memory.limit_in_bytes": "104857600\n",
			"sys/fs/cgroup/memory/a/job/memory.oom_control":    "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
		}, limit: 100 << 20, kills: 4},
		"a container, which sees its own group": {files: map[string]string{
			"proc/self/cgroup":                           "4:memory:/docker/abc\n",
			"proc/self/mountinfo":                        "32 25 0:28 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "104857600\n",
		}, limit: 100 << 20},
		"a container, which sees another root": {files: map[string]string{
			"proc/self/cgroup":         "0::/../job\n",
			"proc/self/mountinfo":      "32 25 0:28 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n",
			"sys/fs/cgroup/memory.max": "104857600\n",
		}, limit: 100 << 20},
		"garbage": {files: map[string]string{
			"proc/self/cgroup": ":\n\n0::/job", "proc/self/mountinfo": " - cgroup2\n-\n\n",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for path, text := range x.files {
				path = filepath.Join(root, path)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			m := find(root)
			if m == nil {
				if x.limit != 0 {
					t.Errorf("no limit, want %d", x.limit)
				}
				return
			}
			if m.Limit != x.limit || m.Kills() != x.kills {
				t.Errorf("limit %d, %d kills; want %d and %d", m.Limit, m.Kills(), x.limit, x.kills)
			}
		})
	}
}
