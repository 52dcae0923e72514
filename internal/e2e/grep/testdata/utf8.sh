# Characters of several bytes. In the C locale they are bytes.

#each grep -n --color=always -e {} u
.
é
É
e
[é]
[^é]
[é-ü]
[à-ü]
[[:alpha:]]
[[:upper:]]
[[:lower:]]*
[[:punct:]]
[[:space:]]
[[:blank:]]
[[:alnum:]]*
[^[:alnum:]]
[[:print:]]*
[[=e=]]
[[.é.]]
[[=é=]]
[[.é.]-ü]
ß
😀
^.
.$
^..
^.\{3\}
中.
中文\|字
日本
\w*
\W
\s
\S*
\<é
é\>
\bK
\b
\(.\) \1
\([éÉ]\) \1
[中-字]
é*
é\{2\}
é\+
\é
[Ω-ω]

#each grep -ni --color=always -e {} u
é
É
ß
ẞ
ss
k
K
å
Å
s
ſ
i
I
İ
ı
ǆ
ǅ
Σ
ς
µ
[σ]
[é]
[k]
[s-t]
[Α-Ω]
[^é]
ÀÉÎÕÜ
àéîõü
ω
ё
ж
[[:upper:]]
[[:lower:]]
\(σ\) \1
\(k\) \1

grep -now '.' u
grep -nob '.' u
grep -now 'é' u
grep -nw 'na' u
grep -nw 'caf' u
grep -nwi 'É' u
grep -nx '.*é.*' u
grep -Fn é u
grep -Fni É u
grep -Fnw 中文 u
grep -Fnwo 中 u
grep -Fnix 'ω Ω ω' u
grep -Fnob é u
grep -Eno 'é|è|ê' u
grep -Enoi 'é|è|ê' u
grep -c . u
grep -vn '[a-z]' u
grep -oi 'k' u
grep -n "$(printf '\303')" u
grep -Fn "$(printf '\303')" u
grep -Fnao "$(printf '\251')" u
grep -n "$(printf '\303\251')" u
grep -n "$(printf '[\303]')" u
grep -an "$(printf '\377')" invfirst
grep -an "$(printf '[\377]')" invfirst
grep -an "$(printf 'a[\377x]')" invfirst
grep -an "$(printf '[^\377]*')" invfirst
grep -Fan "$(printf '\377')" invfirst
grep -an "$(printf 'a\377*')" invfirst
grep -an 'a.' invfirst
grep -an 'a.*' invfirst
grep -aon 'a.*' invfirst
grep -aon '.*' invlater
grep -aon '.' invmany
grep -aonb '[^a]' invmany
grep -anv 'a' invmany
grep -anx '.*' invmany
grep -aonw 'a' invmany
grep -aonw '.*' invmany
grep -anE '^(.|x)*$' invmany
grep -ani 'A' invmany
grep -aFnw 'ab' invmany
grep -aFni 'AB' invmany
grep -ano '\w*' invmany
grep -ano '\W' invmany
grep -anP 'a' invmany
grep -aonP '.' invmany
grep -anP '^.*$' invmany
grep -an '' invmany
grep -c '' invmany
