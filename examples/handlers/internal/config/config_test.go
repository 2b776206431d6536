package config

import (
	"testing"
	"time"
)

func TestString(t *testing.T) {
	t.Setenv("CONFIG_TEST_NAME", "set")
	if got := String("CONFIG_TEST_NAME", "fallback"); got != "set" {
		t.Errorf("got %q, want set", got)
	}
	if got := String("CONFIG_TEST_UNSET", "fallback"); got != "fallback" {
		t.Errorf("got %q, want fallback", got)
	}
}

func TestInt(t *testing.T) {
	t.Setenv("CONFIG_TEST_NUMBER", "seven")
	if _, err := Int("CONFIG_TEST_NUMBER", 1); err == nil {
		t.Error("want an error for a value that is not a number")
	}
}

func TestDuration(t *testing.T) {
	t.Setenv("CONFIG_TEST_WAIT", "1m30s")
	got, err := Duration("CONFIG_TEST_WAIT", time.Second)
	if err != nil || got != 90*time.Second {
		t.Errorf("got %v, %v, want 1m30s", got, err)
	}
}
