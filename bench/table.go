package bench

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// table is rows of cells: names in the first column, figures in the others.
type table struct {
	head []string
	rows [][]string
	bars []string // behind the rows, in text only
	note []string // below a row, if it is not empty
}

func (t *table) add(cells ...string) {
	t.rows = append(t.rows, cells)
	t.bars = append(t.bars, "")
	t.note = append(t.note, "")
}

// text has names to the left and figures to the right, and keeps to so many characters where it
// can.
func (t *table) text(width int) string {
	var b strings.Builder
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	line := func(row []string, bar string) {
		s := "  "
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				s += cell + pad
			} else {
				s += "  " + pad + cell
			}
		}
		b.WriteString(strings.TrimRight(s+"  "+bar, " ") + "\n")
	}
	line(t.head, "")
	for i, row := range t.rows {
		line(row, t.bars[i])
		if t.note[i] != "" {
			b.WriteString("    " + wrap(t.note[i], "    ", width-4) + "\n")
		}
	}
	return b.String()
}

// room is how many characters of a line of this width are left for bars.
func (t *table) room(width int) int {
	for i := range t.head {
		longest := 0
		for _, row := range append([][]string{t.head}, t.rows...) {
			if i < len(row) {
				longest = max(longest, utf8.RuneCountInString(row[i]))
			}
		}
		width -= longest + 2
	}
	return width - 2
}

func (t *table) markdown() string {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteByte('|')
		for _, c := range cells {
			b.WriteString(" " + strings.ReplaceAll(strings.TrimSpace(c), "|", `\|`) + " |")
		}
		b.WriteByte('\n')
	}
	line(t.head)
	b.WriteString("|---" + strings.Repeat("|---:", len(t.head)-1) + "|\n")
	for i, row := range t.rows {
		line(append(row[:len(row):len(row)], make([]string, len(t.head)-len(row))...))
		if t.note[i] != "" {
			line(append([]string{"*" + t.note[i] + "*"}, make([]string, len(t.head)-1)...))
		}
	}
	return b.String()
}

func (t *table) html() string {
	var b strings.Builder
	line := func(cells []string, tag string) {
		b.WriteString("<tr>")
		for _, c := range cells {
			b.WriteString("<" + tag + ">" + html.EscapeString(strings.TrimSpace(c)) + "</" + tag + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("<table>\n")
	line(t.head, "th")
	for i, row := range t.rows {
		line(append(row[:len(row):len(row)], make([]string, len(t.head)-len(row))...), "td")
		if t.note[i] != "" {
			fmt.Fprintf(&b, `<tr><td class="note" colspan="%d">%s</td></tr>`+"\n", len(t.head),
				html.EscapeString(t.note[i]))
		}
	}
	b.WriteString("</table>\n")
	return b.String()
}
