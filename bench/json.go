package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
)

func (r *report) json() (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // commands stay readable
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return "", fmt.Errorf("encode the report: %w", err)
	}
	return b.String(), nil
}
