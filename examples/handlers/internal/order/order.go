// Package order holds orders and what they cost.
package order

import (
	"errors"

	"example.com/handlers/internal/money"
)

// Line is one article of an order.
type Line struct {
	Article  string       `json:"article"`
	Quantity int          `json:"quantity"`
	Price    money.Amount `json:"price"`
}

// Order is what a customer has ordered.
type Order struct {
	ID       string `json:"id"`
	Customer string `json:"customer"`
	Lines    []Line `json:"lines"`
}

// Total returns the price of all lines.
func (o Order) Total() money.Amount {
	var total money.Amount
	for _, line := range o.Lines {
		total += line.Price.Times(line.Quantity)
	}
	return total
}

// Validate says what is wrong with an order.
func (o Order) Validate() error {
	switch {
	case o.ID == "":
		return errors.New("an order needs an id")
	case o.Customer == "":
		return errors.New("an order needs a customer")
	case len(o.Lines) == 0:
		return errors.New("an order needs at least one line")
	}
	for _, line := range o.Lines {
		if line.Quantity < 1 {
			return errors.New("a line needs a quantity of at least one")
		}
	}
	return nil
}
