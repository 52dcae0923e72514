package gnu

import "testing"

func TestLocaleFromEnv(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want Locale
	}{
		{nil, C},
		{map[string]string{"LANG": "en_US.UTF-8"}, UTF8},
		{map[string]string{"LANG": "C.utf8"}, UTF8},
		{map[string]string{"LANG": "de_DE.UTF-8@euro"}, UTF8},
		{map[string]string{"LANG": "de_DE@euro"}, C},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, C},
		{map[string]string{"LANG": "C.UTF-8", "LC_ALL": "C"}, C},
		{map[string]string{"LANG": "C.UTF-8", "LC_CTYPE": "POSIX"}, C},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_ALL": ""}, UTF8},
	}
	for _, test := range tests {
		if got := LocaleFromEnv(func(key string) string { return test.env[key] }); got != test.want {
			t.Errorf("LocaleFromEnv(%v) = %v, want %v", test.env, got, test.want)
		}
	}
}
