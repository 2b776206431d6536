// Catalog-api serves the articles and their prices over HTTP.
package main

import (
	"log"
	"net/http"

	"example.com/handlers/internal/httpapi"
	"example.com/handlers/internal/money"
	"example.com/handlers/internal/store"
)

type article struct {
	Name  string       `json:"name"`
	Price money.Amount `json:"price"`
	Label string       `json:"label"`
}

func main() {
	articles := store.New[article]()
	for name, price := range map[string]money.Amount{"pen": 125, "book": 2300, "lamp": 4999} {
		articles.Put(name, article{Name: name, Price: price, Label: name + " " + price.String()})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /articles", func(w http.ResponseWriter, r *http.Request) {
		httpapi.WriteJSON(w, http.StatusOK, articles.All())
	})
	if err := httpapi.Serve("catalog-api", mux); err != nil {
		log.Fatal(err)
	}
}
