# Basic regular expressions. The colors show the matches.

#each grep -n --color=always -e {} t
a
ab
abc
.
..
a.b
a\.b
a*
aa*
a*b
*a
**
***
\(*a\)
\(*\)
^*
^*a
\(^*a\)
\(^a\)
\(a$\)
a\|*b
*\|a
a**
a***
a*\{2\}
\(a*\)*
\(a*\)\{2\}
\(a\)*b
\(ab\)*
\(ab\)\{2\}
\(ab\)\{2,\}
\(ab\)\{1,2\}c
\(a\|b\)*c
\(a\|ab\)\(c\|bcd\)*
a\{0\}
a\{0\}b
a\{1\}
a\{2\}
a\{2,\}
a\{2,3\}
a\{,2\}b
a\{,\}b
a\{0,1\}b
a\{1
a\{1,2
a\{1a\}
a\{a\}
a\{2,1\}
a\{1,2,3\}
a\{300\}
a\{32768\}
a\{65536\}
a\{99999999999\}
\{1\}
*\{1\}
^\{1\}
\(\{1\}\)
a\|\{1\}
a{1}
a{1
{1}
a+b
+a
a?b
a|b
a\+
a\+b
\+a
\(\+a\)
^\+a
a\?b
\?a
a\|b
\|a
a\|
a\|\|b
\|
^a
^^a
a^
a^b
^^
^
$
^$
$^
$a
a$
a$$
a$b
a\(b$\)
\(^\)a
\(a\)^
x\|^a
x\|a$
^a\|b$
\(^a\|b$\)
a\n
\^a
a\$
\$$
^\^
\(a\)
\(\)
a\(\)b
\(a
a\)
\(
\)
a\(b\)c
(a)
\(\(a\)\)
\(\(a\)\(b\)\)
\(\(\(a\)\)
[a]
[ab]
[^a]
[^ab]b
[]]
[]a]
[^]a]
[a]]
[]
[a
[
[^
[^]
[]abc
[a-]
[-a]
[a-c]b
[^a-z]
[c-a]
[a-a]
[--a]
[a-c-e]
[a\]]
[\]
[\n]
[\.]
[.]
[*]
a[*]b
[$]
[\^]
[a^]
[[]
[[a]
[[]]
[x[y]z]
[[:alpha:]]
[[:digit:]]\{2\}
[^[:digit:]]
[[:alnum:]_]*
[[:upper:]]
[[:lower:]][[:upper:]]
[[:space:]]
[[:blank:]]
[[:punct:]]
[[:print:]]*
[[:graph:]][[:cntrl:]]
[[:xdigit:]]\{3\}
[[:cntrl:]]
[[:alpha:][:digit:]]*
[[:nosuch:]]
[[:alpha]
[[:alpha:]
[[:alpha:
[:alpha:]
[:space:]
[:a]
[a:]
[[=a=]]
[[=a=]b]
[[.a.]]
[[.-.]]
[[.a.]-c]
[a-[.c.]]
[[.space.]]
[[.hyphen.]]
[[.ab.]]
[[=ab=]]
[[.].]]
[[=a]
[[.a]
[[:alpha:]-z]
[a-[:alpha:]]
[[=a=]-c]
\(a\)\1
\(a*\)\1
\(ab\)\1
\(ab\)*\1
\(a\)\(b\)\2\1
\(.\)\(.\)\2\1
^\(.*\) \1
\(^a\)\1
\(.\)\1
\(a\)\2
\1
\1\(a\)
\(a\1\)
\(\(.\)\2\)\1
\(a\)\{2\}\1
\(a\|b\)\1
\(a\)\1*
\(a\)\1\{2\}
^\(.\)\(.\).*\2\1$
\0
\9
\w
\w*
\W
\W\w
\s
\S*
\s\s*\S
\<
\>
\<a
a\>
\<a\>
\<the\>
\<w
d\>
\bw
d\b
\b
\Bo
o\B
\B
\B.\B
\bfoo\b
\`a
a\'
\`
\'
\`$
x*\<foo\>
\<\<a
a\b\b
\<*a
\b*a
a\*b
a\.*
.*
.*a
a.*a
.\{3\}
^.\{3\}$
.\{3,5\}$
^.\{,2\}$
[0-9][0-9]*
x.*y.*z
\.\.
\\
\/
\-
\a
\d
\e
\q
\{
\}
\]
\[
\
a\
\%
\"
\_
\ 
foo\(bar\)*
\(foo\|bar\) \(foo\|bar\)
\(^\|[^a]\)b
\(a\|\)b
\(\|a\)b
(*a\{2\}*)
a\{1\}\{2\}
a\{2\}\{2\}
a*\?
a\+\?
a\?\?

# Patterns of several lines, empty patterns, no pattern.
grep -n --color=always -e '' t
grep -n --color=always '' t
printf 'a\n' | grep -n "$(printf 'a\nb')"
grep -n "$(printf 'aa\n*a\n+a')" t
grep -n "$(printf '\\(a\nb\\)')" t
grep -n "$(printf 'a\\|\nxyz')" t
grep -n -e a -e '*b' t
grep -n -e '\(a' -e b t
grep -n -e b -e '\(a' -e '[' t
grep -n -e '\(a\)\1' -e '\(b\)\1' t
grep -n -e 'a' -e '\1' t
grep -n ' ' t
grep -n ' *lead' t
grep -n -e "$(printf 'a\tb')" t
grep -n "$(printf 'tab\there')" t
grep -c 'a\{1,255\}' t
grep -c '\(a\{1,20\}\)\{1,20\}' t
grep -c '.\{300\}' t
grep -c "$(printf '%300s' '' | tr ' ' a)" t

# A pattern that is in the list already gives no second warning.
grep -n -e '1[[' -e '\(' -e '1[[' -e '2[[' t
printf 'a\n1[[\n\n' > $tmp/p; printf '1[[\n\n2[[\n1[[\n' > $tmp/q; cd $tmp; grep -f p -f q $in/t
grep -n -e 'a\d*' -e '[a]\d' -e 'a\d*' t
grep -n -e 'a\d' -e 'a\d' t
grep -n -e 'a\d' -e 'a\d' -e 'b' t
