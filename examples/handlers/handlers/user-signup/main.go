// User-signup answers each new user with the greeting to send.
package main

import (
	"context"
	"fmt"

	"example.com/handlers/internal/event"
	"example.com/handlers/internal/user"
)

type mail struct {
	To   string `json:"to"`
	Text string `json:"text"`
}

func main() {
	event.Main(greet)
}

func greet(_ context.Context, signedUp user.User) (mail, error) {
	signedUp = signedUp.Normalize()
	if err := signedUp.Validate(); err != nil {
		return mail{}, err
	}
	return mail{To: signedUp.Email, Text: fmt.Sprintf("Welcome, %s!", signedUp.Name)}, nil
}
