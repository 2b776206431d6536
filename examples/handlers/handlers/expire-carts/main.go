// Expire-carts forgets the carts that nobody has touched for a while.
package main

import (
	"context"
	"time"

	"example.com/handlers/internal/event"
	"example.com/handlers/internal/store"
)

type cart struct {
	ID      string    `json:"id"`
	Touched time.Time `json:"touched"`
}

type request struct {
	Now   time.Time `json:"now"`
	Carts []cart    `json:"carts"`
}

type answer struct {
	Expired int    `json:"expired"`
	Left    []cart `json:"left"`
}

const lifetime = 24 * time.Hour

func main() {
	event.Main(func(_ context.Context, in request) (answer, error) {
		carts := store.New[cart]()
		for _, each := range in.Carts {
			carts.Put(each.ID, each)
		}
		expired := carts.Delete(func(each cart) bool { return in.Now.Sub(each.Touched) > lifetime })
		return answer{Expired: expired, Left: carts.All()}, nil
	})
}
