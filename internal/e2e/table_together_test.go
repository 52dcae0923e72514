//go:build unix

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestTableTogether gives each command all kinds of input at once that it reads with
// the same options: small files, which workers get by the dozen, and one by one.
func TestTableTogether(t *testing.T) {
	for name, options := range map[string][]string{
		"as they are": nil, "decompressed": {"--decompress"},
	} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "d"), 0o777); err != nil {
			t.Fatal(err)
		}
		var inputs []given
		for _, k := range kinds() {
			others := len(k.options) > 0 && !slices.Equal(k.options, options)
			if others || options != nil && k.name == "unread gzip" {
				continue
			}
			in := given{kind: k, name: fmt.Sprintf("d/%03d", len(inputs))}
			writeFile(t, filepath.Join(dir, in.name), k.data)
			inputs = append(inputs, in)
		}
		t.Run(name, func(t *testing.T) {
			for _, c := range tableCommands {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					if c.peer != nil {
						c.peer.Need(t)
					}
					want := c.want(t, inputs, true)
					for _, way := range unreadWays {
						for _, operands := range [][]string{{"-r", "d"}, namesOf(inputs)} {
							args := slices.Concat(c.args, way, options, operands)
							p := program{dir: dir, env: []string{"LC_ALL=C.UTF-8"}}
							if got := p.run(t, "linefork", args...); !c.same(got, want) {
								t.Errorf("linefork %q %q of all kinds gave\n%+v\nwant\n%+v",
									c.args, way, got, want)
							}
						}
					}
				})
			}
		})
	}
}

func namesOf(inputs []given) (names []string) {
	for _, in := range inputs {
		names = append(names, in.name)
	}
	return names
}
