// Package money holds amounts of money as whole cents.
package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Amount is an amount in cents.
type Amount int64

// String writes an amount as 12.34.
func (a Amount) String() string {
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	return fmt.Sprintf("%s%d.%02d", sign, a/100, a%100)
}

// Times returns the amount for a quantity.
func (a Amount) Times(quantity int) Amount { return a * Amount(quantity) }

// Parse reads an amount such as 12, 12.3 or 12.34.
func Parse(text string) (Amount, error) {
	whole, cents, _ := strings.Cut(text, ".")
	if whole == "" || len(cents) > 2 {
		return 0, fmt.Errorf("amount %q: not like 12.34", text)
	}
	value, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("amount %q: not a number", text)
	}
	return Amount(value), nil
}
