// Package signature signs messages with a shared secret.
package signature

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Sign returns the signature of a message.
func Sign(secret string, message []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(message)
	return hex.EncodeToString(mac.Sum(nil))
}

// Valid reports whether a signature is that of the message, in constant time.
func Valid(secret string, message []byte, signature string) bool {
	return hmac.Equal([]byte(Sign(secret, message)), []byte(signature))
}
