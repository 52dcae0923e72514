package args

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestPage finds all of the tables in the pages.
func TestPage(t *testing.T) {
	about := testAbout
	about.Built = time.Date(2026, 12, 1, 23, 0, 0, 0, time.FixedZone("", -3600*2))
	pages := []Page{{}}
	for _, c := range commands {
		pages = append(pages, Page{c.name})
	}
	for _, p := range pages {
		var b bytes.Buffer
		if err := p.Print(&b, about); err != nil {
			t.Fatal(err)
		}
		page, c := b.String(), &topCommand
		if p.Command != "" {
			c = find(p.Command)
		}
		title := ".TH " + strings.ToUpper(strings.ReplaceAll(pageName(c), "-", `\-`)) +
			` 1 "2026-12-02" "linefork v1.2.3" "User Commands"` + "\n"
		if !strings.HasPrefix(page, title) {
			t.Errorf("%s: begins with %.80q, want %q", p.Command, page, title)
		}
		parts := []string{`\- ` + escape(c.summary), escape(c.usage[:8]), Variable[:8]}
		for _, e := range c.examples {
			parts = append(parts, escape(e.Line), escape(e.Says))
		}
		for _, text := range paragraphs(c.description) {
			parts = append(parts, escape(strings.TrimSpace(text)))
		}
		for _, o := range c.table() {
			parts = append(parts, "\n"+o.bold()+"\n"+escape(o.help))
		}
		for _, part := range parts {
			if !strings.Contains(page, part) {
				t.Errorf("%s: lacks %q", p.Command, part)
			}
		}
		// What begins a line with a stop is a macro, never text.
		for line := range strings.Lines(page) {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !isMacro(line) {
				t.Errorf("%s: the line %q", p.Command, line)
			}
		}
	}
}

func isMacro(line string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	return strings.Contains(" .TH .SH .SS .TP .PP .B .BR .br .nh .ad ", " "+name+" ")
}

func TestRoff(t *testing.T) {
	var r roff
	r.text(escape(`.a`))
	r.text(escape(`'b' -c \d "e" ^~` + "`"))
	const want = `\&.a` + "\n" + `\(aqb\(aq \-c \ed \(dqe\(dq \(ha\(ti\(ga` + "\n"
	if got := r.String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	optional := option{names: "color x", value: "WHEN", absent: "auto"}
	if got := optional.bold(); got != `\fB\-x\fR, \fB\-\-color\fR[=\fIWHEN\fR]` {
		t.Error(got)
	}
}
