// Package config reads settings from environment variables.
package config

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// String returns the variable's value, or fallback when it is not set.
func String(name, fallback string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return fallback
}

// Int returns the variable's value as a number, or fallback when it is not set.
func Int(name string, fallback int) (int, error) {
	text, ok := os.LookupEnv(name)
	if !ok {
		return fallback, nil
	}
	value, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is not a number", name, text)
	}
	return value, nil
}

// Duration returns the variable's value, such as 30s or 5m, or fallback when it is not set.
func Duration(name string, fallback time.Duration) (time.Duration, error) {
	text, ok := os.LookupEnv(name)
	if !ok {
		return fallback, nil
	}
	value, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is not a duration", name, text)
	}
	return value, nil
}
