// Invoice answers each order with its invoice.
package main

import (
	"context"
	"strings"

	"example.com/handlers/internal/event"
	"example.com/handlers/internal/order"
	"example.com/handlers/internal/render"
)

const subject = "Your invoice"

type invoice struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

func main() {
	event.Main(func(_ context.Context, billed order.Order) (invoice, error) {
		if err := billed.Validate(); err != nil {
			return invoice{}, err
		}
		var text strings.Builder
		if err := render.Document(&text, "invoice", billed); err != nil {
			return invoice{}, err
		}
		return invoice{Subject: subject, Text: text.String()}, nil
	})
}
