# -F, and patterns that are treated as fixed strings.

#each grep -Fn --color=always -e {} t
a
ab
a.b
a*
**
a\b
\
\\
[a]
[
(a
a{1
^
$
^a
a$
foo
foo bar foo
.
aa
abab
\(a\)
+

#each grep -Fnw --color=always -e {} t
foo
word
a
the
o
.
foo_bar
aa
ab

#each grep -Fnx --color=always -e {} t
a
abab
a.b
foo bar foo

#each grep -Fni --color=always -e {} t
A
HELLO
abcdefghijklmnopqrstuvwxyz
Foo B

grep -Fn '' t
grep -Fnx '' t
grep -Fnw '' t
grep -Fn "$(printf 'aab\nxyz')" t
grep -Fno "$(printf 'a\naa\nab')" t
grep -Fno "$(printf 'ab\naba\nbab')" t
grep -Fno -e b -e abc -e bca t
grep -Fnow "$(printf 'foo\nfoo_bar\nbar')" t
grep -Fnw -e foofo -e foofoo t
grep -Fnx -e a -e aa -e aaa t
grep -Fnxi -e A -e XYZ t
grep -Fniw -e HELLO -e Word t
grep -Fc -e a -e a -e a t
grep -Fnv -e a -e e -e '.' t
grep -Fo aa t
grep -Fob aa t
grep -F -e 'a\|b' -e 'a|b' t
grep -nw --color=always foo t
grep -nx --color=always 'foo bar foo' t
grep -nwi --color=always THE t
grep -now -e 'a' -e 'a b' t
grep -nxo -e 'aa' -e 'a' t
grep -nE 'aab|xyz|word' t
grep -nE 'hello|HELLO' t
grep -ni 'hello' t
grep -nw 'foo bar' t
