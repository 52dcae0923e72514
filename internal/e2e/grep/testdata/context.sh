# -A, -B, -C and what goes with them.

#each grep {args} n f3
-A1 5
-B1 5
-C1 5
-1 5
-2 -n 5
-A2 -n 5$
-B2 -n 5$
-C2 -n 5$
-A9 -n 5$
-B9 -n 5$
-C9 -n 5$
-C5 -n 5$
-C4 -n 5$
-A4 -B5 -n 5$
-A0 5$
-B0 5$
-C0 5$
-A0 [56]$
-A1 -B0 '[67]$'
-A100 line.3$
-B100 line.3$
-C100 -n line.3$
-A1 1
-C1 nosuch
-A2 -B1 -nb 0$
-nA1 -b '[05]$'
-hA1 5$
-HA1 5$
-cA1 5$
-lA1 5$
-LA1 5$
-qA1 5$
-oA1 5$
-onA1 5$
-obC1 5$
-vA1 '[1-8]$'
-vC1 -n '[0-8]$'
-vB1 -n '[0-8]$'
-m2 -A1 5$
-m2 -C1 -n 5$
-m1 -A99 -n 1$
-TA1 5$
-TnA1 5$
-TnbHA1 5$
-ZA1 5$
-ZnA1 5$
-ZTnA1 5$
-wC1 7
-xC1 line.7
-iC1 LINE.7
-FC1 e\ 7
-EC1 -e 'e.7|e.9'
-PC1 e.7
-A1 --group-separator=XX 5$
-A1 --group-separator= 5$
-A1 --group-separator=-n 5$
-A1 --no-group-separator 5$
-A1 --no-group-separator --group-separator=Y 5$
-A1 --group-separator=Y --no-group-separator 5$
-n --group-separator=XX 5$
-o -A1 --group-separator=XX 5$
-c -A1 --group-separator=XX 5$
-A0 --group-separator=XX 5$
-A1 -A0 5$
-C2 -A0 -n 5$
-A0 -C2 -n 5$
-B3 -C1 -n 5$
-C1 -B3 -n 5$
-2 -A1 -n 5$
-A1 -2 -n 5$
--context -n 5$
--context=1 -n 5$
--after-context=1 -n 5$
--before-context=1 -n 5$
--after-context 1 -n 5$
--no-filename -A1 5$
--null -A1 5$
-C2147483647 line.3$
-A9223372036854775807 -n 0$
-B9223372036854775807 -n 9$

grep -A1 a f1 f2
grep -A1 -n apple f1 f2 f3
grep -C1 -n cherry f1 f2 f3
grep -A1 cherry f1 f3
grep -h -C1 cherry f1 f3 f2
grep -A1 apple nosuch f1
grep -C1 apple f2 empty f2
grep -C1 banana f1 - < f2
grep -B1 apple f2 f2 f2
grep -A1 -c apple f1 f2
grep -A1 '' newlines
grep -A1 . newlines
grep -vA1 . newlines
grep -C1 b nonl
grep -B5 -n ab nonl
grep -A5 -n a nonl
grep -A1 -n b crlf | cat -A
grep -A1 a nul
grep -aA1 'b' nul
grep -A1 'b a' nulate
grep -C9 a nulate
grep -A1 a invlater
grep -C1 a invlater
grep -A2 'a 1' invlater
grep -A1 1 invlast
grep -A3 1 invlast
grep -B3 x invlast
grep -c -C2 a invlater
grep -zC1 two ztext | tr '\0' '@'
grep -zA1 --group-separator=X one ztext ztext | tr '\0' '@'
grep -zC1 -n a z | tr '\0' '@'
seq 20 | grep -C1 -n 9
seq 20 | grep -A1 -m1 9
seq 20 | grep -B3 -m2 -n '[05]$'
seq 9 | grep -C1 -v -n '[1245678]'
seq 30 | grep -A3 -B1 --group-separator=== '[05]$'
seq 9 | grep -A1 -B1 5 - f3 n
grep -A2 -n '00 of' big
grep -B2 -b '999 of' big
grep -C3 -nb '[05]00 of' big
grep -m5 -C2 -n '99 of' big
grep -vC1 -n 1 big | tail -n 30
grep -B100 -n 'line 5000 ' big
grep -A30 -n 'line 1999[05] ' big
grep -C2 -n '999$' bignonl
grep -A1 -c 9 bignonl
grep -o -A1 '999$' bignonl
grep -A2 'needle' bigline | tail -c 100
