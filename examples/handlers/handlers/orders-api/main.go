// Orders-api serves the orders over HTTP.
package main

import (
	"log"
	"net/http"

	"example.com/handlers/internal/httpapi"
	"example.com/handlers/internal/order"
	"example.com/handlers/internal/store"
)

func main() {
	if err := httpapi.Serve("orders-api", routes(store.New[order.Order]())); err != nil {
		log.Fatal(err)
	}
}

func routes(orders *store.Store[order.Order]) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		httpapi.WriteJSON(w, http.StatusOK, orders.All())
	})
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		var posted order.Order
		if err := httpapi.ReadJSON(w, r, &posted); err != nil {
			httpapi.WriteError(w, http.StatusBadRequest, err)
			return
		}
		if err := posted.Validate(); err != nil {
			httpapi.WriteError(w, http.StatusUnprocessableEntity, err)
			return
		}
		orders.Put(posted.ID, posted)
		httpapi.WriteJSON(w, http.StatusCreated, posted)
	})
	return mux
}
