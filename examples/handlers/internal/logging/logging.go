// Package logging sets up the structured log that every handler writes.
package logging

import (
	"io"
	"log/slog"
	"os"
)

// New returns a logger that writes JSON lines to standard error, each with the handler's name.
func New(handler string) *slog.Logger {
	return NewTo(os.Stderr, handler)
}

// NewTo is New for another writer.
func NewTo(w io.Writer, handler string) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, nil)).With("handler", handler)
}
