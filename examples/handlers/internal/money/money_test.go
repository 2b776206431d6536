package money

import "testing"

func TestParseAndString(t *testing.T) {
	for text, want := range map[string]string{"12": "12.00", "12.3": "12.30", "0.05": "0.05", "-4.20": "-4.20"} {
		amount, err := Parse(text)
		if err != nil || amount.String() != want {
			t.Errorf("Parse(%q) = %v, %v, want %s", text, amount, err, want)
		}
	}
	for _, text := range []string{"", "x", "1.234"} {
		if amount, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", text, amount)
		}
	}
}
