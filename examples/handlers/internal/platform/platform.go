// Package platform knows what differs between operating systems.
package platform

import "path/filepath"

// DataDir returns the directory in which a program keeps its data.
func DataDir(program string) string {
	return filepath.Join(base(), program)
}
