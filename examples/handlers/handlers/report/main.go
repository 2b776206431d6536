// Report prints the orders that it reads from standard input as a table.
package main

import (
	"encoding/json"
	"log"
	"os"

	"example.com/handlers/internal/money"
	"example.com/handlers/internal/order"
	"example.com/handlers/internal/render"
)

func main() {
	var orders []order.Order
	if err := json.NewDecoder(os.Stdin).Decode(&orders); err != nil {
		log.Fatal(err)
	}
	var sum money.Amount
	for _, each := range orders {
		sum += each.Total()
	}
	data := map[string]any{"Orders": orders, "Sum": sum}
	if err := render.Document(os.Stdout, "report", data); err != nil {
		log.Fatal(err)
	}
}
