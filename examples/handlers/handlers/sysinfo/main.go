// Sysinfo prints where the other programs keep their data.
package main

import (
	"flag"
	"fmt"
	"runtime"

	"example.com/handlers/internal/platform"
)

func main() {
	program := flag.String("program", "orders", "the program whose data directory to print")
	flag.Parse()
	fmt.Printf("%s/%s\t%s\n", runtime.GOOS, runtime.GOARCH, platform.DataDir(*program))
}
