package user

import "testing"

func TestNormalize(t *testing.T) {
	got := User{Name: " Ada ", Email: "Ada@Example.COM"}.Normalize()
	if got != (User{Name: "Ada", Email: "ada@example.com"}) {
		t.Errorf("got %+v", got)
	}
}

func TestValidate(t *testing.T) {
	if err := (User{Name: "Ada", Email: "ada"}).Validate(); err == nil {
		t.Error("want an error for a broken address")
	}
}
