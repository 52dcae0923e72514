package syntax

import "flag"

var exhaustive = flag.Bool("exhaustive", false, "compare all classes and all letters with GNU grep")
