package scan

import "github.com/linefork/linefork/internal/cpu"

// MaxLiteral is the maximum length of a literal of [CountLiteral], in bytes.
const MaxLiteral = 8

// CountLiteral returns the number of positions in b at which the literal of 1 to [MaxLiteral] bytes
// occurs. Occurrences may overlap. The time does not depend on their number; up to 4 bytes it is
// that of [Count] or little more. It panics on a literal of another length.
func CountLiteral(b, literal []byte) int {
	n := len(literal)
	switch {
	case n == 0 || n > MaxLiteral:
		panic("scan: CountLiteral of a literal too short or too long")
	case n == 1:
		return Count(b, literal[0])
	case !cpu.AVX2() || len(b) < n-1+vectorLen:
		return countLiteralGeneric(b, literal)
	case n <= 4:
		return countLiteral4AVX2(b, &literal[0], n)
	default:
		return countLiteral8AVX2(b, &literal[0], n)
	}
}
