// Package testkit helps the tests of the other packages; no handler imports it.
package testkit

import (
	"encoding/json"
	"io"
	"testing"

	"example.com/handlers/internal/order"
)

// Order returns an order that is valid and costs 25.50.
func Order() order.Order {
	return order.Order{
		ID:       "17",
		Customer: "Ada",
		Lines: []order.Line{
			{Article: "pen", Quantity: 2, Price: 125},
			{Article: "book", Quantity: 1, Price: 2300},
		},
	}
}

// DecodeJSON reads a value, and fails the test when it cannot.
func DecodeJSON[Value any](t *testing.T, r io.Reader) Value {
	t.Helper()
	var value Value
	if err := json.NewDecoder(r).Decode(&value); err != nil {
		t.Fatalf("not the JSON that was expected: %v", err)
	}
	return value
}
