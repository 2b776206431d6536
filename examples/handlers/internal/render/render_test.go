package render_test

import (
	"strings"
	"testing"

	"example.com/handlers/internal/render"
	"example.com/handlers/internal/testkit"
)

func TestDocument(t *testing.T) {
	var out strings.Builder
	if err := render.Document(&out, "invoice", testkit.Order()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"INVOICE 17", "2 x pen at 1.25", "Ada: 25.50"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
	if err := render.Document(&out, "letter", nil); err == nil {
		t.Error("want an error for a template that does not exist")
	}
}
