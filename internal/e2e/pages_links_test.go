//go:build unix

package e2e

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	isLink   = regexp.MustCompile(`\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"`)
	isInline = regexp.MustCompile("`[^`]*`")
)

// TestPageLinks checks that links lead somewhere: to a file of the repository, and to a heading in
// it. Those to other sites are only checked for their form.
func TestPageLinks(t *testing.T) {
	links := 0
	for _, name := range pages(t) {
		_, prose := split(t, readPage(t, name))
		text := isInline.ReplaceAllString(strings.Join(prose, "\n"), "")
		for _, m := range isLink.FindAllStringSubmatch(text, -1) {
			links++
			target, err := url.Parse(m[1] + m[2])
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if target.Scheme != "" {
				if target.Scheme != "https" || target.Host == "" {
					t.Errorf("%s: %s is no link to another site", name, target)
				}
				continue
			}
			file := name
			if target.Path != "" {
				file = path.Join(path.Dir(name), target.Path)
			}
			if !exists(filepath.Join(setup.Root, filepath.FromSlash(file))) {
				t.Errorf("%s: there is no %s", name, file)
				continue
			}
			if target.Fragment != "" && !slices.Contains(anchors(t, readPage(t, file)), target.Fragment) {
				t.Errorf("%s: %s has no heading %q", name, file, target.Fragment)
			}
		}
	}
	if links < 10 {
		t.Errorf("only %d links found", links)
	}
}

// anchors returns what a link says to point at each heading of a page: its text in lower case,
// without punctuation, and with hyphens for spaces.
func anchors(t *testing.T, page []string) (all []string) {
	t.Helper()
	_, prose := split(t, page)
	for _, line := range prose {
		heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !ok || !strings.HasPrefix(line, "#") {
			continue
		}
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, heading))
	}
	return all
}
