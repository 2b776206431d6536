package httpapi

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/handlers/internal/testkit"
)

func TestWriteError(t *testing.T) {
	recorder := httptest.NewRecorder()
	WriteError(recorder, http.StatusTeapot, errors.New("short and stout"))
	if recorder.Code != http.StatusTeapot {
		t.Errorf("got status %d, want %d", recorder.Code, http.StatusTeapot)
	}
	body := testkit.DecodeJSON[map[string]string](t, recorder.Body)
	if body["error"] != "short and stout" {
		t.Errorf("got %q", body["error"])
	}
}

func TestReadJSONRefusesUnknownFields(t *testing.T) {
	request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"nmae":"x"}`))
	var value struct {
		Name string `json:"name"`
	}
	if err := ReadJSON(httptest.NewRecorder(), request, &value); err == nil {
		t.Error("want an error for a misspelt field")
	}
}
