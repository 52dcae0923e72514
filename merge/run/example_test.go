package run_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// The lines and words of two files are counted by four child processes, for which the
// program's main function begins with worker.Serve().
func ExampleCount() {
	total, err := run.Count(context.Background(), run.CountOptions{
		Options: run.Options{
			Inputs: run.Paths("../../testdata/taxi.csv", "../../LICENSE"),
			Mode:   worker.Processes, Processes: 4,
		},
		Want: wc.Lines | wc.Words,
		Counted: func(in run.Input, c wc.Counts) error {
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

// The first rows of one taxi are written, in the order of the file.
func ExampleFilter() {
	selected, err := run.Filter(context.Background(), run.FilterOptions{
		Options: run.Options{Inputs: run.Paths("../../testdata/taxi.csv")},
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
		Pattern: regex.Spec{
			Language: regex.Extended, Patterns: []byte(`^1[0-9]{4},.*,(0|359),1$`),
		},
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
		By:      run.Column{Name: "occupied"},
		Counted: func(key []byte, rows uint64) error {
			fmt.Printf("%s: %d rows\n", key, rows)
			return nil
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 0: 1064 rows
	// 1: 936 rows
}

// An input that cannot be read is reported, and the others are still counted.
func ExampleOptions() {
	total, err := run.Count(context.Background(), run.CountOptions{
		Options: run.Options{
			Inputs: run.Paths("missing.csv", "../../testdata/taxi.csv"),
			Report: func(m run.Message) {
				fmt.Println(m.Input, "is missing:", errors.Is(m.Err, fs.ErrNotExist))
			},
		},
	})
	fmt.Println(total.Lines, err)
	// Output:
	// missing.csv is missing: true
	// 2001 <nil>
}
