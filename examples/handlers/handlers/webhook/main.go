// Webhook takes signed messages over HTTP and refuses all others.
package main

import (
	"errors"
	"io"
	"log"
	"net/http"

	"example.com/handlers/internal/config"
	"example.com/handlers/internal/httpapi"
	"example.com/handlers/internal/signature"
)

func main() {
	handler := receive(config.String("WEBHOOK_SECRET", ""))
	if err := httpapi.Serve("webhook", handler); err != nil {
		log.Fatal(err)
	}
}

func receive(secret string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		message, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			httpapi.WriteError(w, http.StatusBadRequest, err)
			return
		}
		if secret == "" || !signature.Valid(secret, message, r.Header.Get("X-Signature")) {
			httpapi.WriteError(w, http.StatusUnauthorized, errors.New("the signature is not valid"))
			return
		}
		httpapi.WriteJSON(w, http.StatusAccepted, map[string]int{"bytes": len(message)})
	}
}
