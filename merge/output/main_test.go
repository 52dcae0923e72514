package output

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// childVariable makes of the test binary a program that some tests start:
// its name and its arguments, separated by LF.
const childVariable = "LINEFORK_OUTPUT_TEST_CHILD"

// children are those programs.
var children = map[string]func(args []string) error{"append": appendChild}

func TestMain(m *testing.M) {
	if command := os.Getenv(childVariable); command != "" {
		args := strings.Split(command, "\n")
		if err := children[args[0]](args[1:]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}
