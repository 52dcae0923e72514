// This program counts the lines of a file with child processes, and writes the first
// row of a taxi. It is built in a module of its own.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

func main() {
	worker.Serve()
	ctx, in := context.Background(), run.Options{Inputs: run.Paths(os.Args[1]), Mode: worker.Processes}
	total, err := run.Count(ctx, run.CountOptions{Options: in})
	fmt.Println(total.Lines, err)
	taxi := run.Condition{Column: run.Column{Name: "id"}}
	taxi.In = rows.NewKeys("11865")
	n, err := run.Filter(ctx, run.FilterOptions{
		Options: in, Where: []run.Condition{taxi}, Max: 1, Out: output.Stream(os.Stdout),
	})
	fmt.Println(n, err)
}
