// Package event runs a function for each event it is given, the way a cloud runtime does.
package event

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Handler handles one event and returns the answer.
type Handler[In, Out any] func(ctx context.Context, in In) (Out, error)

// Serve reads JSON events from in and writes one JSON answer for each to out, until in ends.
func Serve[In, Out any](ctx context.Context, in io.Reader, out io.Writer, handle Handler[In, Out]) error {
	decoder := json.NewDecoder(in)
	encoder := json.NewEncoder(out)
	for number := 1; ; number++ {
		var event In
		if err := decoder.Decode(&event); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("event %d: %w", number, err)
		}
		answer, err := handle(ctx, event)
		if err != nil {
			return fmt.Errorf("event %d: %w", number, err)
		}
		if err := encoder.Encode(answer); err != nil {
			return fmt.Errorf("event %d: %w", number, err)
		}
	}
}

// Main serves standard input and output, and ends the process.
func Main[In, Out any](handle Handler[In, Out]) {
	if err := Serve(context.Background(), os.Stdin, os.Stdout, handle); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
