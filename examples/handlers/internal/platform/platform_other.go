//go:build !linux && !windows

package platform

import (
	"os"
	"path/filepath"
)

func base() string {
	return filepath.Join(os.Getenv("HOME"), "Library", "Application Support")
}
