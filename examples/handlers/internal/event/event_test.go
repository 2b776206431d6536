package event_test

import (
	"context"
	"strings"
	"testing"

	"example.com/handlers/internal/event"
)

func double(_ context.Context, number int) (int, error) { return 2 * number, nil }

func TestServe(t *testing.T) {
	var out strings.Builder
	if err := event.Serve(context.Background(), strings.NewReader("1 2 3"), &out, double); err != nil {
		t.Fatal(err)
	}
	if out.String() != "2\n4\n6\n" {
		t.Errorf("got %q", out.String())
	}
}

func TestServeNamesTheBrokenEvent(t *testing.T) {
	err := event.Serve(context.Background(), strings.NewReader(`1 "two"`), &strings.Builder{}, double)
	if err == nil || !strings.HasPrefix(err.Error(), "event 2:") {
		t.Errorf("got %v, want an error about event 2", err)
	}
}
