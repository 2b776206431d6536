package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/handlers/internal/order"
	"example.com/handlers/internal/store"
	"example.com/handlers/internal/testkit"
)

func TestPostThenGet(t *testing.T) {
	handler := routes(store.New[order.Order]())
	body := `{"id":"1","customer":"Ada","lines":[{"article":"pen","quantity":1,"price":125}]}`

	posted := httptest.NewRecorder()
	handler.ServeHTTP(posted, httptest.NewRequest(http.MethodPost, "/orders", strings.NewReader(body)))
	if posted.Code != http.StatusCreated {
		t.Fatalf("got status %d: %s", posted.Code, posted.Body)
	}

	got := httptest.NewRecorder()
	handler.ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/orders", nil))
	if orders := testkit.DecodeJSON[[]order.Order](t, got.Body); len(orders) != 1 || orders[0].ID != "1" {
		t.Errorf("got %+v", orders)
	}
}
