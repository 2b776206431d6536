package store

import (
	"slices"
	"testing"
)

func TestStore(t *testing.T) {
	numbers := New[int]()
	for name, number := range map[string]int{"c": 3, "a": 1, "b": 2} {
		if !numbers.Put(name, number) {
			t.Errorf("%s should be new", name)
		}
	}
	if got := numbers.Delete(func(number int) bool { return number == 2 }); got != 1 {
		t.Errorf("deleted %d values, want 1", got)
	}
	if got := numbers.All(); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("got %v, want [1 3]", got)
	}
}
