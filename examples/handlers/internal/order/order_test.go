package order_test

import (
	"testing"

	"example.com/handlers/internal/order"
	"example.com/handlers/internal/testkit"
)

func TestTotal(t *testing.T) {
	if got := testkit.Order().Total().String(); got != "25.50" {
		t.Errorf("got %s, want 25.50", got)
	}
}

func TestValidate(t *testing.T) {
	if err := testkit.Order().Validate(); err != nil {
		t.Error(err)
	}
	if err := (order.Order{ID: "1", Customer: "Ada"}).Validate(); err == nil {
		t.Error("want an error for an order without lines")
	}
}
