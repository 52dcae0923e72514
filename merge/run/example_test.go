package run_test

import (
	"context"
	"fmt"
	"os"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// Lines and words are counted by four child processes.
func ExampleCount() {
	total, err := run.Count(context.Background(), run.CountOptions{
		Options: run.Options{
			Inputs: run.Paths("../../testdata/taxi.csv", "../../LICENSE"),
			Mode:   worker.Processes, Processes: 4,
		},
		Want: wc.Lines | wc.Words,
		Each: func(in run.Input, c wc.Counts) error {
			fmt.Println(in.Name, c.Lines, c.Words)
			return nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("total", total.Lines, total.Words)
	// Output:
	// ../../testdata/taxi.csv 2001 4001
	// ../../LICENSE 21 170
	// total 2022 4171
}

// The rows of one taxi are written, in the order of the file.
func ExampleFilter() {
	selected, err := run.Filter(context.Background(), run.FilterOptions{
		Options: run.Options{Inputs: run.Paths("../../testdata/taxi.csv")},
		CSV:     run.CSV{Dialect: rows.CSV},
		Where: []run.Condition{{
			Column:    run.Column{Name: "id"},
			Condition: rows.Condition{In: rows.NewKeys("11865")},
		}},
		Max: 2,
		Out: output.Stream(os.Stdout),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(selected, "rows")
	// Output:
	// id,datetime,lng,lat,speed,heading,occupied
	// 11865,2013-10-29 15:14:28,114.41628,30.84663,37,45,0
	// 11865,2013-10-22 02:41:09,114.98160,30.25366,25,297,1
	// 2 rows
}

// Lines that match a regular expression are written behind their numbers.
func ExampleGrep() {
	o := run.GrepOptions{
		Options: run.Options{Inputs: run.Paths("../../testdata/taxi.csv")},
		Pattern: regex.Spec{Language: regex.Extended, Patterns: []byte(`^1[0-9]{4},.*,(0|359),1$`), UTF8: true},
		Before:  -1, After: -1,
		Out: output.Stream(os.Stdout),
	}
	o.Format.LineNumber = true
	matched, err := run.Grep(context.Background(), o)
	fmt.Println(matched, err)
	// Output:
	// 1870:11980,2013-10-01 01:37:16,114.72008,30.89368,10,359,1
	// true <nil>
}

// The rows of each value of a column are counted.
func ExampleCountBy() {
	err := run.CountBy(context.Background(), run.CountByOptions{
		Options: run.Options{Inputs: run.Paths("../../testdata/taxi.csv")},
		CSV:     run.CSV{Dialect: rows.CSV},
		By:      run.Column{Name: "occupied"},
		Out:     output.Stream(os.Stdout),
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// occupied,count
	// 0,1064
	// 1,936
}
