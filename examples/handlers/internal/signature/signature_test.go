package signature

import "testing"

func TestValid(t *testing.T) {
	signed := Sign("secret", []byte("message"))
	if !Valid("secret", []byte("message"), signed) {
		t.Error("want a signature to be valid for its own message")
	}
	if Valid("other", []byte("message"), signed) || Valid("secret", []byte("messages"), signed) {
		t.Error("want a signature to be invalid for anything else")
	}
}
