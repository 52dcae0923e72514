# Binary files: those with a NUL, and those with bytes that are not text in the locale.

#each for f in nul nulate nulonly x80 invfirst invlater invlast invmany; do grep {args} $f; echo $?; done
a
-n a
-c a
-v a
-vc a
-l a
-L a
-q a
-o a
-onb a
-a a
-na a
-av a
-ao a
-aob a
-I a
-Ic a
-Iv a
-Il a
-IL a
-Iq a
-Io a
-H a
-Hn a
-s a
-m1 a
-m2 -n a
-A1 a
-B1 -n a
-z a
-zc a
-zo a
-za a
-w a
-x a
-i A
-F a
-E 'a|c'
-P a
-U a
-Un a
-T a
-Z a
b
c
x
-vn a
-v x
-c x
-e ''
-vc ''
--color=always a
--binary-files=text a
--binary-files=without-match a
--binary-files=binary a
-a --binary-files=binary a
-I -a a
-a -I a
--binary-files=without-match -c a
-aA1 a
-Iv -c x
-m1 -c a
-om1 a

grep a nul f1 x80 invlater
grep -c a nul f1 x80 invlater
grep -I a nul f1 x80 invlater
grep -l a nul f1 x80 invlater
grep -n 'a 1\|a 2' invlater invlast nulate
grep -vn q invlater invlast nulate
cat nul | grep a
cat nul | grep -H a
cat nulate | grep --label=x a
cat invlater | grep -n a
cat invlater | grep -c a
grep a - < nul
grep -z '^a' nul | tr '\0' '@'
grep -z 'b' nul | tr '\0' '@'
grep -zc . nul nulate nulonly
grep -az a invmany | tr '\0' '@'
grep -Iz a z | tr '\0' '@'
grep -Iz a x80 | tr '\0' '@'
grep -a 'a.b' nul
grep -a 'a[^x]b' nul
grep -ao '.*' nul
grep -ac . nulonly
grep -a '^.$' nulonly
grep -a '\W' nulonly
grep -aw a nul
grep -aw b nul
grep -ax 'a.b' nul
grep -aP '\x00' nul
grep -aE 'a\x00b' nul
grep -F '' nul
grep -aF '' nul
grep '' nulonly
grep -v '' nulonly

#each for f in bignul bignuls bignul96a bignul96b bignul192a bignulline biginv biginvearly; do grep {args} $f; echo $?; done
-n 7
-c 7
-n line.1$
-n line.2..$
-n line.1999
-c line.1999
-v -c 7
-vn line
-a -n 777
-I 7
-Ic 7
-I line.1$
-l 7
-L 7
-m1 -n 7
-m5 -nb 99
-m3000 -n 9
-m12000 -n line
-A2 -n 999
-C2 99
-B99 -c 12000
-o 9999
-onb 777
-z -c 7
-z -n line.5$
-w 12000
-n bad
-c bad
-v -n line
-q 19999
--color=always 999

grep -n 1999 bignul big bignulend
grep -n 99 bignul32 bignul96c bignul192b bignulend
grep -I 'line 1' bignul32 bignul96c bignul192b bignulend
grep -vc 1 bignul32 bignul96c bignul192b bignulend
grep -c 1999 bignul big bignulend
grep -m2 line bignul96b bignul96c
grep -lv 1 bignul biginv
grep -n 'line 200..' biginv
grep -n 'line 15' biginv | tail -n3
grep -v 'line [1-9]' biginv
grep -c x bignulline
grep -n 'line 2' bignulline
grep -n '^line 2$' bignulline
grep -I 'line 2' bignulline
grep -n xx bignulline | cksum
cat biginv | grep -n 'line 2000'
cat biginv | grep -c line
cd $tmp; truncate -s 1M hole; grep a hole; grep -c '' hole; grep -v a hole
cd $tmp; printf 'a\nb\n' > hole; truncate -s 1M hole; grep a hole; grep -c a hole; grep -n b hole; grep -I a hole
cd $tmp; cp $in/big hole; truncate -s 4M hole; grep -n 'line 5 ' hole; grep -c line hole; grep -I -c line hole
cd $tmp; cp $in/big hole; truncate -s 4M hole; printf 'x\n' >> hole; grep -n 'line 5 ' hole; grep -a -c line hole
