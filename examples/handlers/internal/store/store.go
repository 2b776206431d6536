// Package store keeps values in memory.
package store

import (
	"maps"
	"slices"
	"sync"
)

// Store maps names to values; several goroutines may use it.
type Store[Value any] struct {
	mu     sync.RWMutex
	values map[string]Value
}

// New returns an empty store.
func New[Value any]() *Store[Value] {
	return &Store[Value]{values: map[string]Value{}}
}

// Put stores a value and reports whether its name is new.
func (s *Store[Value]) Put(name string, value Value) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, existed := s.values[name]
	s.values[name] = value
	return !existed
}

// Get returns the value of a name.
func (s *Store[Value]) Get(name string) (Value, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, ok := s.values[name]
	return value, ok
}

// Delete forgets each value for which gone returns true, and returns how many there were.
func (s *Store[Value]) Delete(gone func(Value) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.values)
	maps.DeleteFunc(s.values, func(_ string, value Value) bool { return gone(value) })
	return before - len(s.values)
}

// All returns the values in the order of their names.
func (s *Store[Value]) All() []Value {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]Value, 0, len(s.values))
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		all = append(all, s.values[name])
	}
	return all
}
