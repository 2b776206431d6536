package main

import (
	"context"
	"testing"

	"example.com/handlers/internal/user"
)

func TestGreet(t *testing.T) {
	got, err := greet(context.Background(), user.User{Name: "Ada", Email: "ADA@example.com"})
	if err != nil || got != (mail{To: "ada@example.com", Text: "Welcome, Ada!"}) {
		t.Errorf("got %+v, %v", got, err)
	}
}
