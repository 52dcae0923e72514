package picture

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var path = filepath.Join(setup.Root, "docs", "terminal.svg")

// TestPicture checks the picture that is in the tree.
func TestPicture(t *testing.T) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if most := 40 << 10; len(b) > most {
		t.Errorf("%d bytes, more than %d", len(b), most)
	}
	var texts, title []string
	d := xml.NewDecoder(strings.NewReader(string(b)))
	for within := ""; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			within = token.Name.Local
		case xml.EndElement:
			within = ""
		case xml.CharData:
			switch within {
			case "text":
				texts = append(texts, string(token))
			case "title":
				title = append(title, string(token))
			}
		}
	}
	if len(title) != 1 {
		t.Errorf("the title is %q", title)
	}
	all := strings.Join(texts, " ")
	for _, part := range []string{"$ linefork count ", "worker-1 ", "worker-4 ", "B/s ", " left"} {
		if !strings.Contains(all+" ", part) {
			t.Errorf("no %q in %q", part, all)
		}
	}
	if strings.Contains(all, "linefork: ") || strings.Contains(all, os.TempDir()) {
		t.Errorf("a message, or a path, in %q", all)
	}
}
