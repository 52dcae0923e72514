# -w, -x and -i with patterns whose matches may have to be shortened.

#each grep -nw --color=always -e {} t
a
a*
a.
.
.*
..*
a*b
fo*
foo.*
foo\|foo_bar
.*foo
o
word
words\|word
the
[[:alpha:]]*
\w*
\W
\W*
[a-z][a-z]
[a-z]*[0-9]
x[0-9]
^a
a$
^
$
^$
\<
\>
\b
ab*
ab\?
a\{1,3\}
foo bar
bar foo
_*
,
.b
b.
a b c
a b
 
 b
b 
foo 
\(a\)\1
\(foo\).*\1
\(a\|b\)*

#each grep -Enx --color=always -e {} t
a
a*
a+b
a|b
ab|a
a|ab|abab
.
.*
a.*
(ab)*
^a$
^a|b$
[[:alnum:]]+
foo.*
(.).*\1
(a|b)+
a||b
\<.*\>
$
^

#each grep -Eni --color=always -e {} t
A
hello
[h]ELLO
[[:upper:]]
[[:lower:]]+
[A-C]+
[^a]b
\bFOO
(A)\1
(h)ello \1
(L)\1
Z+|Y

grep -nwx foo t
grep -nwx -e 'a.*' t
grep -nxv 'a*' t
grep -nwv 'a*' t
grep -now 'a*' t
grep -now '[a-z]*' t
grep -noE 'a*' t
grep -no '' t
grep -nox 'a*' t
grep -now 'foo\|foofoo' t
grep -ncw '' t
grep -nw '' t
grep -nx '' t
grep -nvw '' t
grep -nvx '' t
grep -E -nw 'a|b|c' t
grep -E -now '(foo|bar)( foo| bar)?' t
grep -niw 'hello' t
grep -nix 'ABABAB' t
grep -niwo '[a-f]*' t
grep -ni --no-ignore-case hello t
grep -n --no-ignore-case -i hello t
grep -ny hello t
grep -nyi hello t
