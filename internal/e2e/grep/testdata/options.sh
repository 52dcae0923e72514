# Output options one by one and together, several files, standard input.

grep apple f1
grep nosuch f1
grep apple f1 f2 f3
grep -n apple f1 f2
grep -b apple f1 f2
grep -nb apple f1 f2
grep -bn apple f1
grep -c apple f1
grep -c apple f1 f2 f3
grep -cn apple f1
grep -cv apple f1 f2 f3
grep -ch apple f1 f2 f3
grep -cH apple f1
grep -co apple f1
grep -cb apple f1 f3
grep -cm1 apple f1 f2 f3
grep -cm0 apple f1 f2
grep -l apple f1 f2 f3
grep -lc apple f1 f2 f3
grep -cl apple f1 f2 f3
grep -lh apple f1 f2 f3
grep -lv apple f1 f2 f3 empty
grep -ln apple f1
grep -lo apple f1
grep -l nosuch f1 f2
grep -L apple f1 f2 f3; echo $?
grep -L apple f1 f2; echo $?
grep -L apple f3; echo $?
grep -Lv apple f1 f2 f3 empty; echo $?
grep -Lc apple f1 f2 f3; echo $?
grep -Ll apple f1 f3; echo $?
grep -lL apple f1 f3; echo $?
grep -LZ apple f1 f3 empty
grep -lZ apple f1 f2
grep -Lq apple f1 f3; echo $?
grep -lq apple f1 f3; echo $?
grep -Lq nosuch f1; echo $?
grep -lm1 apple f1 f2
grep -lm0 apple f1 f2; echo $?
grep -Lm0 apple f1 f2; echo $?
grep -L apple nosuch f3; echo $?
grep -L apple nosuch f1; echo $?
grep -l apple nosuch f1; echo $?
grep -q apple f1
grep -q nosuch f1
grep -q apple f1 nosuch
grep -q apple nosuch f1
grep -q xyz f1 nosuch
grep -q xyz nosuch f1
grep -qs apple nosuch f1
grep -qs xyz nosuch f1
grep -s apple nosuch f1
grep -s apple nosuch
grep -qv apple f1
grep -qc apple f1
grep -qn apple f1
grep -qo apple f1
grep -qm0 apple f1
grep -qL apple f1
grep --silent apple f1
grep --quiet nosuch f1
grep -H apple f1
grep -Hn apple f1
grep -h apple f1 f2
grep -hn apple f1 f2
grep -Hh apple f1
grep -hH apple f1
grep -H apple - < f1
grep -Hn --label=stdin apple < f1
grep -H --label= apple < f1
grep --label=x apple < f1
grep --label=x -c apple - f2 < f1
grep --label=x -l apple - f2 < f1
grep --label=x -L cherry - f2 < f1
grep apple - f2 < f1
grep apple f2 - < f1
grep apple - - < f1
grep -c apple - < f1
grep -l apple < f1
grep -L nosuch < f1
cat f1 | grep apple
cat f1 | grep -n apple -
cat f1 | grep -H apple f2 - f3
cat f1 | grep -c apple - -
grep apple < /dev/null
grep -c apple < /dev/null
grep apple /dev/null f1
grep -H apple /dev/null
grep apple ./f1 f2
grep apple "$in/f3"
grep cherry "$in/f3" ./f3
grep a ./-dash 'with space' 'co:lon' new?line
grep -n a new?line
grep -l a new?line f1
grep -lZ a new?line f1
grep -c a 'co:lon' f1
grep a - < co:lon
grep -Z apple f1 f2
grep -Zn apple f1 f2
grep -ZH apple f1
grep -Zc apple f1 f2
grep -Zh apple f1 f2
grep -ZT apple f1 f2
grep -ZnbT apple f1 f2
grep -T apple f1
grep -T apple f1 f2
grep -Tn apple f1
grep -TnH apple f1
grep -TnbH apple f1
grep -Tb apple f1
grep -Tc apple f1 f2
grep -To an f1
grep -Ton an f1
grep -Tl apple f1 f2
grep -TH '^' newlines
grep -Tn '^' spaces
grep --initial-tab -hn a spaces
grep -n '9$' n
grep -b '9$' n
grep -nTH 9 n
grep -o an f1
grep -on an f1
grep -ob an f1
grep -onb an f1
grep -bo an f1 f2
grep -bo 'a\|an' f1 f2
grep -oH an f1
grep -oh an f1 f2
grep -ov apple f1
grep -ovn apple f1
grep -ovq apple f1; echo $?
grep -ovc apple f1
grep -o '' f1; echo $?
grep -o 'x*' f1; echo $?
grep -ob 'p*' f1
grep -on '^' f1; echo $?
grep -o '$' f1; echo $?
grep -o '^a' f1
grep -o '^p' f1
grep -o 'aa' t
grep -o '^a' t
grep -o '\<.' t
grep -o '\b.' t
grep -o '.\b' t
grep -om1 an f1
grep -onm2 'an\|p' f1
grep -ow 'a' t
grep -ox 'apple' f1
grep -oi 'AN' f1
grep -o -e an -e nan f1
grep -ol an f1 f2
grep -oL an f1 f3
grep -oZ an f1 f2 | tr '\0' '@'
grep -oT an f1 f2
grep -oa b nul
grep -o b nul
grep -on -A1 an f1
grep -on -B1 -A1 cherry f1
grep -oc -A1 an f1
grep -oz . ztext | tr '\0' '@'
grep -v apple f1
grep -vn apple f1
grep -vc apple f1
grep -vb apple f1 f2
grep -vx apple f1
grep -vw apple f1
grep -vi APPLE f1
grep -v -e apple -e banana f1
grep -v . newlines
grep -v -v apple f1
grep -m1 apple f1
grep -m1 apple f1 f2
grep -m2 -n e f1 f2
grep -m0 apple f1; echo $?
grep -m0 apple nosuch; echo $?
grep -m 0 -v apple f1; echo $?
grep -m0 -c apple f1; echo $?
grep -m0 -e '[' f1; echo $?
grep -m1 nosuch f1 f2
grep -m1 -v apple f1
grep -m1 -vc apple f1 f2
grep -m2 -c . n
grep -m 99 -c . n
grep -m1 -q apple f1
grep -m1 -l apple f1 f2
grep -m1 -L apple f1 f3
grep -m1 -o an f1
grep -m1 -b banana f1
grep -m1 -A2 apple f1
grep -m1 -A2 apple f1 f2
grep -m1 -B2 cherry f1
grep -m2 -A1 -n 5 n
grep -m2 -A20 -n '^line [23]$' n
grep -m2 -C3 -n '^line [19]$' n
grep -m1 -A3 -v apple f1
grep -m3 -v -A2 -n '[24]' n
grep -m1 -c -A3 apple f1
grep -m0 -A3 apple f1
grep -m1 -A3 . newlines
grep -m1 -A3 -n . nonl
grep -m2 a - f2 < f1
grep -m-1 -c . n
grep -m -1 -n apple f1
grep -z a z | tr '\0' '@'
grep -z a z ztext | tr '\0' '@'
grep -zn a z | tr '\0' '@'
grep -znb . z | tr '\0' '@'
grep -zc . z
grep -zv a z | tr '\0' '@'
grep -zo 'a' z | tr '\0' '@'
grep -zx 'c.ab' z | tr '\0' '@'
grep -z '^ab' z | tr '\0' '@'
grep -z 'c$' z | tr '\0' '@'
grep -z '^b' z | tr '\0' '@'
grep -zx 'ab' z | tr '\0' '@'
grep -zw 'ab' z | tr '\0' '@'
grep -zx 'ztext' ztext | tr '\0' '@'
grep -zE '^(one|three)$' ztext | tr '\0' '@'
grep -zF two ztext | tr '\0' '@'
grep -zFx two ztext | tr '\0' '@'
grep -zFx ab z | tr '\0' '@'
grep -zFw ab z | tr '\0' '@'
grep -zc '' z
grep -zc '^' z
grep -zc '^$' z
grep -z '[^a]b' z | tr '\0' '@'
grep -z 'c.a' z | tr '\0' '@'
grep -z 'c\sa' z | tr '\0' '@'
grep -zo '.*' z | tr '\0' '@'
grep -zo '[^x]*' z | tr '\0' '@'
grep -zA1 two ztext | tr '\0' '@'
grep -zB1 -n two ztext | tr '\0' '@'
grep -zA1 -n 'a' z ztext | tr '\0' '@'
grep -zm1 a z | tr '\0' '@'
grep -zl a z ztext | tr '\0' '@'
grep -zZl a z | tr '\0' '@'
grep -zH a z | tr '\0' '@'
grep -z a f1 | tr '\0' '@'
grep -zc a f1 f2
grep -z "$(printf 'one\ntwo')" ztext | tr '\0' '@'
grep -zf f1 f1 | tr '\0' '@'
grep -zc x80 x80
grep -z a x80 | tr '\0' '@'
grep -z a invfirst | tr '\0' '@'
grep -z --color=always a z | tr '\0' '@'
grep -z '\(a\)\nb' z | tr '\0' '@'
grep -zP 'a\nb' z | tr '\0' '@'
grep a nonl
grep -n b nonl
grep -c . nonl
grep -o b nonl
grep -v a nonl
grep b nonl f1
grep -A1 a nonl
grep -B1 b nonl
grep -x ab nonl
grep 'b$' nonl
grep -c '^' nonl empty newline newlines
grep -c '$' nonl empty newline newlines
grep -c '' nonl empty newline newlines
grep -v '' empty; echo $?
grep '' empty; echo $?
grep -vc x empty
grep -L x empty; echo $?
grep -n '' newlines
grep -nx '' newlines f1
grep -b '' newlines
grep -nv . newlines
grep 'a$' crlf
grep 'a.$' crlf
grep -n 'b' crlf
grep -x 'a' crlf
grep -c "$(printf 'a\r')" crlf
grep -U 'a$' crlf
grep --binary 'a.$' crlf
grep -Ub b crlf
grep -nv a crlf
grep -n '^.$' crlf
grep -n '\s$' crlf
grep -o '.$' crlf
grep -c a cr
grep -n a cr
grep "$(printf '\r')" cr
grep -nF "$(printf 'a\r')" crlf
grep --line-buffered -n apple f1
grep --line-buffered -c apple f1 f2
grep -c needle bigline
grep -o needle bigline
grep -ob needle bigline
grep -n short bigline
grep -c 'long.*needle.*line' bigline
grep -cv needle bigline
grep -b short bigline
grep -A1 -n 'n e' bigline
grep -c 7 big
grep -n '777' big
grep -b '777 ' big
grep -nb '19999' big
grep -m3 -n '99 ' big
grep -c '' big
grep -v -m2 -n 1 big
grep -cv 1 big
grep -o '7 of' big | cat -n | tail -n1
grep -ob '1234.' big
grep -nC1 '999 ' big
grep -n . bignonl | tail -n2
grep -c 'w 9' bignonl
grep -c "$(printf '9\r')" bigcrlf
grep -n '999.$' bigcrlf
grep -zc 99 bigz
grep -znb 999 bigz | tr '\0' '@'
grep -zc '^more' bigz
grep -zcx 'rec 9*.more' bigz
grep -c 7 big bignonl - < bigcrlf
grep -h -m1 99 big bignonl bigcrlf
cat big | grep -n '777 '
cat big | grep -c 7
cat big | grep -b -m2 777
