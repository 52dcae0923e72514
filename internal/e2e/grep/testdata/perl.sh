# -P

#each grep -Pn --color=always -e {} t
a
a+
a*?b
a+?
a??b
(?:ab)+
(?i)hello
(?i:HELLO) H
\d+
\D+
\w+
\W+
\s
\S+
\h
\bfoo\b
\Bo
\Aa
a\z
a\Z
^a
a$
^$
[[:alpha:]]+
[^[:alpha:]]
[\d.]+
[\w-]+
\x61
\x{62}
\101
\t
\.
\\
\Qa.b\E
a|ab|abc
abc|ab|a
(a|ab)(c|bcabc)
a{2}
a{2,}
a{1,2}?
a{,2}
{1}
a{
(?P<n>a)b
(?<n>a)b
(?s)a.b
(?m)^a
(a)\1
(.)(.)\2\1
(?<=a)b
a(?=b)
a(?!b)
(?<!a)b
\Ka
a\Kb
(?>a+)b
a++b
(?#note)a
(?x) a b
.*
.*?
(a
a)
a**
[a
*a
(?<n
\
(?z)
a{2,1}
\p{L}
\p{Lu}+
\pN
\P{L}+
\X
\R
\N
\v
\e
\cA
(*UTF)a
^a|b$
(?|(a)|(b))\1
(?(1)a|b)
\g{1}(a)
(a)\g1

grep -Pnw a t
grep -Pnw 'a|ab' t
grep -Pnw 'fo*' t
grep -Pnx a t
grep -Pnx 'a|ab' t
grep -Pnx 'a*?' t
grep -Pni HELLO t
grep -Pniw hello t
grep -Pon 'a*' t
grep -Ponb '\w+' t
grep -Pvn '[a-z]' t
grep -Pc '' t
grep -Pn '' t
grep -Pn "$(printf 'a\nb')" t
grep -P -e a -e b t
grep -P -e a -e b -e a t
grep -P -e a -e a t
grep -Po -e '' -e '' t
grep -Pwn -e '' -e '' t
grep -Pc "$(printf 'a\na')" t
grep -Pzc "$(printf 'a\na')" z
grep -Pc "$(printf '\n\n.')" t
grep -P -e '(' -e '(' t
printf 'a\na\n' | grep -P -e a -f - t
grep -P -f pats f1
grep -P -f patsempty f1
grep -P -f empty f1
grep -Pz 'a' z | tr '\0' '@'
grep -Pzo '^a' z | tr '\0' '@'
grep -Pzo '(?m)^b' z | tr '\0' '@'
grep -Pzo 'b$' z | tr '\0' '@'
grep -Pzc 'c\nab' z
grep -Pn --color=always '.' u
grep -Pn --color=always '\w+' u
grep -Pni --color=always 'é' u
grep -Pni --color=always '[é]' u
grep -Pn --color=always '\p{Lu}' u
grep -Pn --color=always '[^a-z ]+' u
grep -Pn --color=always '\bé' u
grep -Pn 'a$' crlf
grep -Pn 'a.$' crlf
grep -Pn a nul
grep -Pan 'a.b' nul
grep -Pan 'a\0b' nul
grep -Pn a x80
grep -Pan 'a.' x80
grep -PF a t
grep -P -E a t

# How verbs affect each other.
printf 'ABCDEFG\nDEFGABC\n' | grep -noP '(*COMMIT)(A|P)(B|P)(C|P)'
printf 'aaaac\nabc\n' | grep -noP 'a(*MARK:A)aa(*PRUNE:A)a(*SKIP:A)b|a+c'
printf 'abc\n' | grep -noP 'a(?=.(*:X))(*SKIP:X)(*F)|(.)'
printf 'abc\nab\n' | grep -nP '^(?(DEFINE)(..(*ACCEPT)|...))(?1)$'

# Conditions that are lookarounds, after a choice.
printf 'yxb\nxd\n' | grep -nP 'q|(?(?<=yx)b|d)'
printf 'yxb\nxd\n' | grep -nP 'x(?:q|(?(?<=yx)b|d))'
printf 'a\n\nx\nc\nca\n' | grep -nP 'q|(?(?=.{0,2})|ca)'
printf 'a\nb\nbax\nd\nax\nxb' | grep -nP '(?(?!b|)d)|a'
