package args

import "strings"

// shellWords divides a line into words, as a POSIX shell does that expands nothing: blanks
// and line feeds stand between words, quotes and backslashes make them part of one. partial
// reports whether the line ends within a word, which is the last one, and open whether it
// ends within a quote.
func shellWords(line string) (words []string, partial, open bool) {
	var word strings.Builder
	inWord, quote := false, byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote == 0 && strings.IndexByte(" \t\n", c) >= 0:
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
			continue
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		case c == '\\' && isEscape(quote, line[i+1:]):
			i++
			if line[i] == '\n' { // two lines are one
				continue
			}
			word.WriteByte(line[i])
		default:
			word.WriteByte(c)
		}
		inWord = true
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, inWord, quote != 0
}

// isEscape reports whether a backslash within these quotes (0: none) and before this text
// is more than itself.
func isEscape(quote byte, text string) bool {
	switch {
	case text == "":
		return false
	case quote == '"':
		return strings.IndexByte("$`\"\\\n", text[0]) >= 0
	}
	return quote == 0
}
