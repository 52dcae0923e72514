# --color and GREP_COLORS.

#each grep --color=always {args} f1 f2
apple
-n apple
-b apple
-nb apple
-h apple
-nh apple
-H apple
-c apple
-ch apple
-l apple
-L cherry
-lZ apple
-LZ cherry
-cZ apple
-Z apple
-T apple
-Tn apple
-TnbZ apple
-o an
-on an
-obH an
-oh an
-oZ an
-oT an
-v apple
-vn apple
-vo apple
-vc apple
-A1 cherry
-nA1 cherry
-nC1 banana
-vA1 apple
-vnA1 apple
-oA1 an
-cA1 apple
-A1 --group-separator=X cherry
-A1 --group-separator= cherry
-A1 --no-group-separator cherry
-hA1 cherry
-ZA1 cherry
-TA1 cherry
-i APPLE
-w apple
-x apple
-F an
-Fi AN
-E 'a|p+'
-P 'p+?'
-e a -e p
-e ''
-e 'x*'
-e ^
-e '$'
-e '^a' -e 'e$'
-q apple
-m1 apple
-m1 -A2 apple
-s apple nosuch
--line-buffered apple

#each GREP_COLORS={} grep --color=always -nbA1 apple f1 f2
mt=31
mt=
ms=31
mc=32
ms=31:mc=32
mt=31:ms=32
ms=32:mt=31
sl=33
cx=34
sl=33:cx=34
sl=33:rv
rv
rv:mt=31
fn=31
ln=32
bn=33
se=36
se=
fn=
fn=:ln=:bn=:se=
ne
ne:mt=31
mt=1;31:ne:sl=1
mt=31:
:mt=31
mt=31::sl=32
mt=31:nosuch=32:sl=33
nosuch=32
nosuch
mt
ne=1
rv=1
mt=x
mt=31x:sl=32
mt=31;:sl=32
sl=;:mt=1
mt=31 :sl=32
mt=31:sl=3 2:cx=34
MT=31
mt=31=32
=31
ms
m=31
mtt=31
mt=38;5;196:fn=38;2;1;2;3

#each GREP_COLORS={} grep --color=always -vnC1 banana f1 f2
mt=31
ms=31:mc=32
sl=33
cx=34
sl=33:cx=34
sl=33:cx=34:rv
rv
rv:mt=31
ne:sl=33
mc=32:rv:cx=1

#each GREP_COLORS={} grep --color=always -on an f1 f2
mt=31
sl=33
sl=33:cx=34
rv
ne
fn=:se=
mt=:sl=33

GREP_COLORS='mt=31' grep --color=always -c apple f1 f2
GREP_COLORS='fn=31:se=32:ne' grep --color=always -c apple f1 f2
GREP_COLORS='fn=31:se=32:ne' grep --color=always -l apple f1 f2
GREP_COLORS='' grep --color=always apple f1
GREP_COLORS='' GREP_COLOR= grep --color=always apple f1
GREP_COLOR=31 grep --color=always apple f1
GREP_COLOR= grep --color=always apple f1
GREP_COLOR=31x grep --color=always apple f1
GREP_COLOR='1;32' grep --color=always -n apple f1 f2
GREP_COLOR=31 GREP_COLORS='mt=32' grep --color=always apple f1
GREP_COLOR=31 GREP_COLORS='sl=32' grep --color=always apple f1
GREP_COLOR=31 grep --color=never apple f1
GREP_COLOR=31 grep --color=auto apple f1
GREP_COLOR=31 grep --color=always -q apple f1
GREP_COLOR=mt=31 grep --color=always apple f1
GREP_COLORS='mt=31' grep --color=auto apple f1
GREP_COLORS='sl=33:cx=34' grep --color=always apple crlf
GREP_COLORS='sl=33:cx=34' grep --color=always a crlf
GREP_COLORS='sl=33:cx=34' grep --color=always -v a crlf
GREP_COLORS='sl=33:cx=34' grep --color=always -A1 a newlines crlf
GREP_COLORS='sl=33' grep --color=always '' newlines
GREP_COLORS='sl=33' grep --color=always 'b' nonl
GREP_COLORS='sl=33' grep --color=always -v x nonl
grep --color=always a nul
grep --color=always -a a nul
grep --color=always a invlater
grep --color=always -a a invlater
grep --color=always -az a z | tr '\0' '@'
grep --color=always -z a z | tr '\0' '@'
grep --color=always -H a < f1
grep --color=always --label=x -Hn a < f1
grep --color=always -n 'a\|b' t
grep --color=always -nw a t
grep --color=always 'aa*' t
grep --color=always '' t
grep --color=always a new?line 'co:lon'
grep --color=always -r a chain
grep --color=always -rl a chain
grep --color=always a tree
grep --color=always a nosuch
grep --color=always -m0 a f1
grep --color=always -nC1 '999 ' big
grep --color=always -o 'needle' bigline
grep --color=always -m1 -c a f1
grep --color=always -L nosuch f1
grep --color=always -oz one ztext | tr '\0' '@'
grep --color=always -i É u
grep --color=always -e 'b*' -o f1
