// Migrate prints the steps that bring a database from one version to another.
package main

import (
	"fmt"
	"os"

	"example.com/handlers/internal/config"
	"example.com/handlers/internal/logging"
)

var steps = []string{
	"CREATE TABLE orders (id TEXT PRIMARY KEY, customer TEXT NOT NULL)",
	"CREATE TABLE lines (order_id TEXT NOT NULL, article TEXT NOT NULL, quantity INT NOT NULL)",
	"ALTER TABLE lines ADD COLUMN price INT NOT NULL DEFAULT 0",
}

func main() {
	log := logging.New("migrate")
	from, err := config.Int("SCHEMA_VERSION", 0)
	if err != nil || from < 0 || from > len(steps) {
		log.Error("SCHEMA_VERSION is not a version", "versions", len(steps), "error", err)
		os.Exit(1)
	}
	for _, step := range steps[from:] {
		fmt.Println(step + ";")
	}
	log.Info("done", "from", from, "to", len(steps))
}
