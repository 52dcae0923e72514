package locale

import "testing"

func TestFromEnv(t *testing.T) {
	for _, x := range []struct {
		all, ctype, lang string
		want             Locale
	}{
		{"", "", "", C},
		{"C", "", "en_US.UTF-8", C},
		{"POSIX", "C.UTF-8", "C.UTF-8", C},
		{"", "C", "en_US.UTF-8", C},
		{"", "", "en_US.UTF-8", UTF8},
		{"", "", "en_US.utf8", UTF8},
		{"", "", "C.utf-8", UTF8},
		{"", "", "C.UTF8", UTF8},
		{"", "de_DE.Utf-8@euro", "C", UTF8},
		{"", "de_DE@euro", "C", C},
		{"", "de_DE@x.UTF-8", "", C},
		{"de_DE.ISO-8859-1", "", "", C},
		{"en_US.UTF-16", "", "", C},
		{"UTF-8", "", "", C},
		{"C.UTF-8", "C", "C", UTF8},
	} {
		env := map[string]string{"LC_ALL": x.all, "LC_CTYPE": x.ctype, "LANG": x.lang}
		if got := FromEnv(func(k string) string { return env[k] }); got != x.want {
			t.Errorf("%q: got %v, want %v", env, got, x.want)
		}
	}
}
