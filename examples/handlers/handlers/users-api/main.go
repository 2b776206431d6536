// Users-api serves the customers over HTTP.
package main

import (
	"errors"
	"log"
	"net/http"

	"example.com/handlers/internal/httpapi"
	"example.com/handlers/internal/store"
	"example.com/handlers/internal/user"
)

func main() {
	if err := httpapi.Serve("users-api", routes(store.New[user.User]())); err != nil {
		log.Fatal(err)
	}
}

func routes(users *store.Store[user.User]) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{email}", func(w http.ResponseWriter, r *http.Request) {
		found, ok := users.Get(r.PathValue("email"))
		if !ok {
			httpapi.WriteError(w, http.StatusNotFound, errors.New("no such user"))
			return
		}
		httpapi.WriteJSON(w, http.StatusOK, found)
	})
	mux.HandleFunc("PUT /users", func(w http.ResponseWriter, r *http.Request) {
		var put user.User
		if err := httpapi.ReadJSON(w, r, &put); err != nil {
			httpapi.WriteError(w, http.StatusBadRequest, err)
			return
		}
		put = put.Normalize()
		if err := put.Validate(); err != nil {
			httpapi.WriteError(w, http.StatusUnprocessableEntity, err)
			return
		}
		users.Put(put.Email, put)
		httpapi.WriteJSON(w, http.StatusOK, put)
	})
	return mux
}
