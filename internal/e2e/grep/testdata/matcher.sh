# Which of -E -F -G -P counts, and where patterns come from.

grep -E -F 'a+' t
grep -F -E 'a+' t
grep -G -E 'a+' t
grep -E -G 'a+' t
grep -F -G 'a*b' t
grep -E -P 'a' t
grep -P -G 'a' t
grep -E -E 'a+b' t
grep -X egrep a t
grep -X grep 'a\+' t
grep -X fgrep 'a+' t
grep -X perl 'a+' t
grep -X awk 'a+' t
grep -X gawk 'a+' t
grep -X nosuch a t
grep -e apple -e cherry f1
grep -n -e apple -e apple f1
grep -e a -f pats f1
grep -f pats f1
grep -f patsnonl f1
grep -f patsempty f1
grep -f empty f1
grep -vf empty f1
grep -cf empty f1
grep -f empty -e apple f1
grep -e apple -f empty f1
grep -f newline f1
grep -wf newline newlines
grep -xf newline f1
grep -xf newline newlines
grep -f patscrlf f1
grep -f patscrlf crlf
grep -f patsbad f1
grep -f patsbad -f pats f1
grep -n -e ok -f patsbad -e 'b[' f1
grep -f patsnul nul
grep -af patsnul nul
grep -Faf patsnul nul
grep -Eaf patsnul nul
grep -Paf patsnul nul
grep -f nosuch f1
grep -sf nosuch f1
grep -qf nosuch f1
grep -f tree f1
grep -e a -f nosuch f1
grep -f /dev/null f1
grep -vf /dev/null f1
grep -f /dev/null -e a f1
grep -E -f /dev/null f1
grep -F -f /dev/null f1
grep -P -f /dev/null f1
grep -w -f /dev/null f1
grep -x -f /dev/null newlines
grep -L -f /dev/null f1 empty
printf 'che\n' | grep -f - f1
printf 'che' | grep -f - f1 f2 f3
printf '' | grep -f - f1
printf '\n' | grep -c -f - f1
printf 'apple\n' | grep -f - -
printf 'apple\n' | grep -f - f1 -
printf 'apple\n' | grep -f - -f - f1
printf 'apple\n' | grep -f - -f pats -c f1 f2
grep -F -f pats f1
grep -Fx -f pats f1
grep -Fw -f pats f1
grep -i -f pats f1
grep -E -f pats -e 'na{1}' f1
grep --file=pats f1
grep --file pats f1
grep -fpats f1
grep -epple f1
grep -e '' f1
grep -e '' -e x f1
grep -e x -e '' -v f1
grep '' empty
grep '' newline
grep '' nonl
grep -c '' nonl
grep -v '' nonl
grep -e -n f1
grep -- -n f1
grep -e -- -dash ./-dash
grep a -- -dash
grep -F -x -f f2 f1
grep -v -F -x -f f2 f1
grep -Fc -f big big
grep -Fxc -f big bignonl
grep -c -f n big
