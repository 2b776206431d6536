// Health tells over HTTP whether the data directory can be read.
package main

import (
	"log"
	"net/http"
	"os"

	"example.com/handlers/internal/httpapi"
	"example.com/handlers/internal/platform"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(platform.DataDir("orders")); err != nil {
			httpapi.WriteError(w, http.StatusServiceUnavailable, err)
			return
		}
		httpapi.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	if err := httpapi.Serve("health", mux); err != nil {
		log.Fatal(err)
	}
}
