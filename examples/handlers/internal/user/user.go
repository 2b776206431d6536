// Package user holds the customers.
package user

import (
	"errors"
	"net/mail"
	"strings"
)

// User is a customer.
type User struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Normalize brings a user into the form in which users are compared.
func (u User) Normalize() User {
	return User{Name: strings.TrimSpace(u.Name), Email: strings.ToLower(strings.TrimSpace(u.Email))}
}

// Validate says what is wrong with a user.
func (u User) Validate() error {
	if u.Name == "" {
		return errors.New("a user needs a name")
	}
	if _, err := mail.ParseAddress(u.Email); err != nil {
		return errors.New("a user needs an e-mail address")
	}
	return nil
}
