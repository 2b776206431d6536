package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/handlers/internal/signature"
)

func TestReceive(t *testing.T) {
	for name, test := range map[string]struct {
		secret, signedWith string
		want               int
	}{
		"signed":           {"s3cret", "s3cret", http.StatusAccepted},
		"another's secret": {"s3cret", "guess", http.StatusUnauthorized},
		"no secret set":    {"", "", http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("paid"))
			request.Header.Set("X-Signature", signature.Sign(test.signedWith, []byte("paid")))
			recorder := httptest.NewRecorder()
			receive(test.secret)(recorder, request)
			if recorder.Code != test.want {
				t.Errorf("got status %d, want %d", recorder.Code, test.want)
			}
		})
	}
}
