# How a command line is read: permutation, abbreviations, errors.

grep
grep -E
grep -n -i
grep -e
grep -f
grep --regexp
grep --file
grep -A
grep -m
grep --context
grep --max-count
grep --label
grep --color=
grep --colour=sometimes a f1
grep --color=tty a f1
grep --color=if-tty a f1
grep --color=yes a f1
grep --color=force a f1
grep --color=no a f1
grep --color=none a f1
grep --color=auto a f1
grep --color=never a f1
grep --color a f1
grep --colour=always a f3
grep --color=alw a f1
grep --nosuch a f1
grep -Q a f1
grep -nQ a f1
grep -é a f1
grep -n= a f1
grep -W a f1
grep -k a f1
grep --help=x a f1
grep --count=3 a f1
grep --quiet=x a f1
grep --regexp= f3
grep --regexp=cherry f3
grep --regexp cherry f3
grep --reg cherry f3
grep --count cherry f3
grep --co cherry f3
grep --cou cherry f3
grep --col=always cherry f3
grep --colo=always cherry f3
grep --con=1 banana f1
grep --co=1 banana f1
grep --i CHERRY f3
grep --ig CHERRY f3
grep --in CHERRY f3
grep --inv cherry f1
grep --include=x --inv a f1
grep --l cherry f3
grep --li cherry f3
grep --line-n cherry f3
grep --lin cherry f3
grep --line-re cherry f3
grep --la=x cherry - < f3
grep --label=x -H cherry - < f3
grep --no cherry f3
grep --no-m cherry nosuch
grep --no-f cherry f1 f3
grep --no-i -i CHERRY f3
grep --nu -l cherry f3
grep --null -l cherry f3
grep --null-d a ztext
grep --fi cherry f3
grep --file=pats f3
grep --files cherry f3
grep --files-with cherry f3
grep --files-with-m cherry f3 f2
grep --files-witho cherry f3 f2
grep --fixed cherry f3
grep --ex a f3
grep --exc=x a f3
grep --exclude-d=x a f3
grep --ext 'c+' f3
grep --basic c f3
grep --b c f3
grep --bin c f3
grep --binary c f3
grep --binary-f=text a nul
grep --by c f3
grep --be=1 c f3
grep --a=1 apple f1
grep --af=1 apple f1
grep --wi c f3
grep --wo c f3
grep --wor cherry f3
grep --perl c f3
grep --q c f3
grep --qui c f3
grep --s c f3
grep --si c f3
grep --ve c > /dev/null
grep --V c
grep --u c f3
grep --un c f3
grep --unix-byte-offsets -b c f3
grep -u -b cherry f3
grep -u cherry f3
grep --line-buffered c f3
grep --group=x -A1 apple f1
grep --gr=x -A1 apple f1
grep --h
grep --only cherry f3
grep --o cherry f3
grep --dir=skip c f3
grep --d=skip c f3
grep --de c f3
grep --devi=skip c f3
grep --dere c f3
grep --initial c f3
grep --init c f3
grep --=x c f3
grep -- c f3
grep -- -- f3
grep -c -- cherry f3 -n
grep f3
grep cherry f3 -c
grep cherry -c f3 -n f1
grep f3 -e cherry
grep f1 -ecat -ebanana
grep -ce cherry f1
grep -ie CHERRY f1
grep -nie CHERRY -f pats f1
grep -nHm1 cherry f1
grep -m1nH cherry f1
grep -hnH cherry f1
grep -Hh cherry f1
grep -hH cherry f1
grep -A1B1 cherry f1
grep -A1 -B1 cherry f1
grep -A 1 cherry f1
grep -A x cherry f1
grep -A -1 cherry f1
grep -A '' cherry f1
grep -A 1x cherry f1
grep -A 1k cherry f1
grep -A '+1' cherry f1
grep -A ' 1' cherry f1
grep -A 0x1 cherry f1
grep -A 99999999999999999999 cherry f1
grep -A 9223372036854775807 cherry f1
grep -A 9223372036854775808 cherry f1
grep -B x cherry f1
grep -C x cherry f1
grep --context=x cherry f1
grep --context= cherry f1
grep --after-context=x cherry f1
grep -1 cherry f1
grep -0 apple f1
grep -12 cherry f1
grep -1 -2 cherry n f1
grep -1n -2 5 n
grep -1c cherry f1
grep -n1 cherry f1
grep -n1 -H2 '^line 5' n
grep -1n2 '^line 5' n
grep -C1 -3 '^line 9' n
grep -3 -C1 '^line 9' n
grep -00002 '^line 9' n
grep -99999999999999999999 'line 9' n
grep -m x cherry f1
grep -m '' cherry f1
grep -m 1k cherry f1
grep -m 1x cherry f1
grep -m 0x1 cherry f1
grep -m -1 a f1
grep -m -5 a f1
grep -m +1 a f1
grep -m 1 -m 2 a f1
grep -m 99999999999999999999 a f1
grep -m -99999999999999999999 a f1
grep -m1 -m x a f1
grep --max-count=x a f1
grep --binary-files=wrong a f1
grep --binary-files= a f1
grep --binary-files=tex a f1
grep --binary-files text a nul
grep --binary-files a f1
grep -d wrong a f1
grep -d rea a f1
grep -d '' a f1
grep -D wrong a f1
grep -D recurse a f1
grep --directories=wrong a f1
grep --devices=wrong a f1
grep -V > /dev/null
grep --version > /dev/null
grep --vers > /dev/null
grep -V nosuch nosuch > /dev/null
grep -nV > /dev/null
grep -V -Q > /dev/null
grep -Q -V > /dev/null
grep --help > /dev/null
grep --help nosuch nosuch > /dev/null
grep -Q --help > /dev/null
grep --help -Q > /dev/null
grep -m x --help > /dev/null
grep -E '(' --help > /dev/null
POSIXLY_CORRECT=1 grep cherry f1 -c
POSIXLY_CORRECT=1 grep -c cherry f1
POSIXLY_CORRECT=1 grep cherry f1 -- f3
POSIXLY_CORRECT=1 grep -c -- cherry f1
POSIXLY_CORRECT=1 grep cherry -e f3
POSIXLY_CORRECT=1 grep -e cherry f1 -e
POSIXLY_CORRECT= grep cherry f1 -c
POSIXLY_CORRECT=1 grep -Q a f1
POSIXLY_CORRECT=1 grep -En 'a{1' t
POSIXLY_CORRECT=1 grep -En '{1}' t
POSIXLY_CORRECT=1 grep -n '\{1\}' t
POSIXLY_CORRECT=1 grep -n '[:space:]' t
cd chain; POSIXLY_CORRECT=1 grep -r a
GREP_OPTIONS=-c grep cherry f1
GREP_OPTIONS=--nosuch grep cherry f1
GREP_COLOR=31 grep cherry f1
GREP_COLORS=mt=31 grep cherry f1
TERM=dumb grep --color=always cherry f1
TERM=dumb grep --color=auto cherry f1
