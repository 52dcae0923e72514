# Extended regular expressions. The colors show the matches.

#each grep -En --color=always -e {} t
a|b
a|ab|abc
abc|ab|a
(a|ab)(c|bcd)
(a|ab)(c|bcabc)
a+
a?b
a*
a+b?
a{2}
a{2,}
a{,2}b
a{2,3}
a{,}b
a{0}
a{0}b
a{1
a{1,2
a{1,a}
a{a}
a{
a{}
a{,
{1}
{1
{
}
}{
a{2,1}
a{1,2,3}
a{300}
a{32768}
a{1}{2}
a{2}{3}
a{2}*
a{2}+
a{2}?
a{2}{2,}
^{1}
^{1}a
({1})
(|{1})
a|{1}
^*
^*a
^+a
^?a
*a
+a
?a
**a
(*a)
(+a)
(?a)
(*)
(+)
()*
()+a
()
()()
a()b
(())
a|*b
a|+b
a**
a++
a??
a*+?
a+*
(a*)*
(a*)+
(a+)*
(a?){3}
(a|b)*
(a|b)+c
(ab)+
(ab){2}
(ab|a)*
(a*b)*
(a*|b)*
((a)|(b))*
(a|)b
(|a)b
(|)
|
||
a||b
|a
a|
(|a|b)c
(a
a)
)
(
a(
())
(()
a)b
^a
a^b
(^a)
(^)a
a(^)b
a|^b
x(^a|b)
^^a
^(^a)
$
a$
a$b
(a$)
(a$)b
$a
$$
^$
$^
^*$
\^
\$
\(a\)
\(
\)
\{1\}
a\{1
a\|b
\|
a\+b
\+
a\?b
\?
a\*b
a\.b
\.
\\
\
(a)\1
(a*)\1
(ab)\1
(a|b)\1
(a)(b)\2\1
(.)(.)\2\1
((.)\2)\1
(a)\2
\1
(a\1)
(a)|b\1
(.)\1+
(.)\1{2}
^(.*) \1
^(.).*\1$
(^|a)b\1
(a)(b)(c)\1\2\3
([a-z])[a-z]*\1
(foo|bar).*\1
[a]
[]a]+
[^]a]+
[a
[]
[^
[a-]+
[c-a]
[a\]+
[a\]]
[[:alpha:]]+
[[:alpha:][:digit:]]+
[^[:alnum:]]+
[[:nosuch:]]
[[:alpha
[:alpha:]
[:alpha:]+
[[.a.]b]+
[[=a=]b]+
[[.-.]a]+
[[.hyphen.]]
[[.nosuch.]]
[(]a[)]
[|]
[{]1[}]
[+*?]
\w+
\W+
\s+
\S+
\<a
a\>
\<\w+\>
\bfoo\b
\Bo+
\b
\B
\b+
\<+a
(\<|x)a
\`a|b\'
\`
\'
(\`a|b\')
foo|bar
(foo|bar) (foo|bar)
foo(bar|)?
foo.?bar
(foo)+
(foo ?)+
[0-9]+( [0-9]+)*
([0-9]+ )+[0-9]+
x[0-9]y[0-9]{2}z[0-9]{3}
^(a|b)+$
^(.+)$
^.{3}$
^.{3,5}$
^.{,2}$
.{26}
(.{13}){2}
(a.c|b.d)*
a.*b|b.*a
(((((((((a)))))))))\9
(a{1,2}){2}
(a{1,2}){2,3}b
((a|b){2}){2}
a{1,2}{1,2}
(a*){0}
(a){0}\1
(^a|^b)c
(a|b)c|ab*
xyz|.*
.*|xyz
\d
\D
\n
\t
a\/b
\-
\_
\"
\'a
\<
\>
[\d]
[\w]+
(a|b
a{1}b|c{
(?:a)
(?i)a
a*?b
a+?b
\Aa
a\z
\Qa.b\E
\x61
\p{L}
[[:<:]]a

# Patterns of several lines and longer ones.
grep -En "$(printf 'a+\n(b')" t
grep -En "$(printf '(a\nb)')" t
grep -En "$(printf 'a|\nxyz')" t
grep -E -n -e 'a{2}' -e '^b' t
grep -E -n -e '(a)\1' -e '(b)\1' t
grep -E -n -e '(a)' -e '\1' t
grep -Eo 'a{1,2}' t
grep -Eo '(a|ab)(c|bcd)?' t
grep -Eo '[[:alpha:]]+|[[:digit:]]+' t
grep -Ec '(a{1,50}){1,50}' t
grep -Ec "($(printf '%99s' '' | tr ' ' a | sed 's/a/a|b/g'))" t
grep -Ec "$(printf '%200s' '' | tr ' ' '(')a$(printf '%200s' '' | tr ' ' ')')" t

# If nothing can be selected, the input is not read, unless files are to be listed.
grep -E -m0 -L '+' f1; echo $?
grep -E -q -m0 -L '+' f1; echo $?
grep -E -q -m0 -L 'a' nosuch; echo $?

# Parentheses that are nested too deeply.
printf '%010000d\n' 0 | tr 0 '(' | grep -Ef - t
printf '%030000d\n' 0 | tr 0 '(' | grep -Ef - t
printf 'a\n[\n%030000d\n' 0 | tr 0 '(' | grep -Ef - t
(printf '%011000d' 0 | tr 0 '('; printf a; printf '%011000d\n' 0 | tr 0 ')') | grep -cEf - t
(printf '%020000d' 0 | tr 0 '('; printf a; printf '%020000d\n' 0 | tr 0 ')') | grep -cEf - t
(printf '%050000d' 0 | sed 's/0/\\(/g'; echo) | grep -f - t
