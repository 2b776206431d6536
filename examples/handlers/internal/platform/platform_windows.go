package platform

import "os"

func base() string {
	return os.Getenv("LOCALAPPDATA")
}
