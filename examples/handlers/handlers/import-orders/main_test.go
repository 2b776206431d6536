package main

import (
	"os"
	"testing"
)

func TestRead(t *testing.T) {
	file, err := os.Open("testdata/orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	orders, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(orders) != 2 || orders[0].Total().String() != "25.50" {
		t.Errorf("got %+v", orders)
	}
}
