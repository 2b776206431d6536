// Order-created answers each new order with what it costs.
package main

import (
	"context"

	"example.com/handlers/internal/event"
	"example.com/handlers/internal/order"
)

type answer struct {
	ID    string `json:"id"`
	Total string `json:"total"`
}

func main() {
	event.Main(func(_ context.Context, created order.Order) (answer, error) {
		if err := created.Validate(); err != nil {
			return answer{}, err
		}
		return answer{ID: created.ID, Total: created.Total().String()}, nil
	})
}
