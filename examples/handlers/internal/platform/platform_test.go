package platform

import (
	"path/filepath"
	"testing"
)

func TestDataDir(t *testing.T) {
	if got := filepath.Base(DataDir("orders")); got != "orders" {
		t.Errorf("got %s, want orders", got)
	}
}
