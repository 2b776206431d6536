package platform

import (
	"cmp"
	"os"
	"path/filepath"
)

func base() string {
	return cmp.Or(os.Getenv("XDG_DATA_HOME"), filepath.Join(os.Getenv("HOME"), ".local", "share"))
}
