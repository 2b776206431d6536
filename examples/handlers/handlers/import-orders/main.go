// Import-orders turns a CSV file of orders (id, customer, article, quantity, price) into JSON.
package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"

	"example.com/handlers/internal/money"
	"example.com/handlers/internal/order"
)

func main() {
	orders, err := read(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(orders); err != nil {
		log.Fatal(err)
	}
}

// read takes rows of the same order together; they need not stand one after another.
func read(r io.Reader) ([]order.Order, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	var orders []order.Order
	index := map[string]int{}
	for number, row := range rows {
		if len(row) != 5 {
			return nil, fmt.Errorf("row %d: %d fields, want 5", number+1, len(row))
		}
		quantity, err := strconv.Atoi(row[3])
		if err != nil {
			return nil, fmt.Errorf("row %d: quantity %q is not a number", number+1, row[3])
		}
		price, err := money.Parse(row[4])
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", number+1, err)
		}
		at, ok := index[row[0]]
		if !ok {
			at = len(orders)
			index[row[0]] = at
			orders = append(orders, order.Order{ID: row[0], Customer: row[1]})
		}
		orders[at].Lines = append(orders[at].Lines, order.Line{Article: row[2], Quantity: quantity, Price: price})
	}
	return orders, nil
}
