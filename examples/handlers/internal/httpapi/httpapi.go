// Package httpapi holds what the HTTP handlers have in common.
package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/signal"
	"time"

	"example.com/handlers/internal/config"
	"example.com/handlers/internal/logging"
)

// maxBody is the largest request body that ReadJSON takes.
const maxBody = 1 << 20

// WriteJSON answers a request with a value.
func WriteJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// WriteError answers a request with an error message.
func WriteError(w http.ResponseWriter, status int, err error) {
	WriteJSON(w, status, map[string]string{"error": err.Error()})
}

// ReadJSON reads a request's body; a field that value lacks is an error.
func ReadJSON(w http.ResponseWriter, r *http.Request, value any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	return decoder.Decode(value)
}

// Serve serves until the process is interrupted, then lets running requests end.
func Serve(name string, handler http.Handler) error {
	log := logging.New(name)
	grace, err := config.Duration("SHUTDOWN_GRACE", 5*time.Second)
	if err != nil {
		return err
	}
	server := &http.Server{
		Addr:              config.String("ADDR", "localhost:8080"),
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	log.Info("listening", "addr", server.Addr)

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		deadline, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		return server.Shutdown(deadline)
	}
}
