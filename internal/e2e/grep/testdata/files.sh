# Operands that are not plain files, and the output as input.

grep a nosuch
grep a nosuch f1
grep a f1 nosuch f2
grep -s a nosuch
grep -s a nosuch f1
grep -c a nosuch f1
grep -l a nosuch f1
grep -L a nosuch f1; echo $?
grep a ''
grep a f1/x
grep a f1/
grep a 'no such'
grep a "$(printf 'no\nsuch')"
grep a dangling
grep a loop
grep -s a loop dangling
grep apple link
grep -c apple link f1
grep a tree
grep a tree f1
grep a f1 tree
grep -c a tree f1
grep -l a tree f1
grep -L a tree f1; echo $?
grep -q a tree f1; echo $?
grep -q nosuch tree; echo $?
grep -s a tree
grep -s a tree f1
grep -v a tree
grep -H a tree
grep a tree/
grep a .
grep a linkdir
grep a -- - < tree
grep a < tree
grep -c a < tree
grep -s a < tree
cd chain; grep -r a < ../tree/sub/e.py
grep -r a - < tree/sub/e.py
grep -d read a tree
grep -d read a tree f1
grep -d read -s a tree
grep -d skip a tree
grep -d skip a tree f1
grep -d skip a tree f1 -c
grep -d skip a linkdir f1
grep -d skip a nosuch
grep -d skip a < tree
grep -d skip a - < tree
grep -d skip -L a tree; echo $?
grep -d recurse a chain
grep -d recurse -d skip a chain f1
grep -d skip -d recurse a chain
grep -d read -r a chain
grep -r -d skip a chain
grep -r -d read a chain
grep -r -d skip a f1
grep --directories=skip a tree f1
grep --directories=recurse a chain
grep -D skip a f1
grep -D skip a fifo
grep -D skip a fifo f1
grep -D skip a /dev/null
grep -D skip -c a /dev/null f1
grep -D skip -L a /dev/null
grep -D skip a < f1
cat f1 | grep -D skip a
cat f1 | grep -D skip -c a - f2
grep -D skip -r a chain
grep -D skip -r a fifo
grep --devices=skip a fifo
grep -D read a f1
grep -D read -c '' /dev/null
cd $tmp; mkfifo p; (echo a in fifo > p & grep -H a p; wait)
cd $tmp; mkfifo p; (cat $in/f1 > p & grep -n apple p $in/f2 | cut -d: -f2-; wait)
cd $tmp; mkfifo p; (cat $in/f1 > p & grep -c apple p; wait)
cd $tmp; mkfifo p; (cat $in/f1 > p & grep -rc apple p; wait)
cd $tmp; mkfifo p; (cat $in/f1 > p & grep -R apple; wait)
grep -r a fifos; echo $?
grep -r -D skip a fifos; echo $?
grep -R -D skip a fifos; echo $?
grep -c '' /dev/null
grep -L '' /dev/null; echo $?
grep a f1 f1 f1
grep -c a f1 ./f1
cd $tmp; cp $in/f1 f; grep apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep apple < f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep apple f $in/f2 >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -s apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -q apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -c apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -l apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -L apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -m1 apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -m2 apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -m1 -A1 apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -v apple f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep -o an f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep nosuch f >> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep apple f 1<> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep apple < f 1<> f; echo $?; cat f
cd $tmp; cp $in/f1 f; grep apple - < f > f; echo $?; cat f
cd $tmp; : > f; grep apple f >> f; echo $?; cat f
cd $tmp; mkdir d; cp $in/f1 d/f; grep -r apple d >> d/out; echo $?; cat d/out
cd $tmp; mkdir d; cp $in/f1 d/f; grep -r apple . >> d/out; echo $?; cat d/out
cd $tmp; mkdir d; cp $in/f1 d/f; cp $in/f1 d/out; grep -r apple d/out d/f >> d/out; echo $?; cat d/out
cd $tmp; mkdir d; cp $in/f1 d/f; cd d; grep -r apple > out; echo $?; cat out
grep apple f1 nosuch > /dev/null; echo $?
grep apple nosuch f1 > /dev/null; echo $?
grep -c apple f1 nosuch > /dev/null; echo $?
grep -v apple f1 nosuch > /dev/null; echo $?
grep -l apple f1 nosuch > /dev/null; echo $?
grep -A1 apple f1 nosuch > /dev/null; echo $?
grep -m1 apple f1 f2 nosuch > /dev/null; echo $?
grep xyz f1 nosuch > /dev/null; echo $?
grep apple f1 >&-; echo $?
grep -q apple f1 >&-; echo $?
grep nosuch f1 >&-; echo $?
grep -c apple f1 >&-; echo $?
grep apple <&-; echo $?
grep apple f1 <&-; echo $?
grep apple - f1 <&-; echo $?
grep apple f1 nosuch 2>&-; echo $?
grep apple f1 > /dev/full; echo $?
grep -q apple f1 > /dev/full; echo $?
grep nosuch f1 > /dev/full; echo $?
grep -c apple f1 > /dev/full; echo $?
grep line big > /dev/full; echo $?
grep line big f1 > /dev/full; echo $?
grep -s line big > /dev/full; echo $?
grep --line-buffered line big > /dev/full; echo $?
grep --help > /dev/full; echo $?
(grep -m1 a; cat) < f1
(grep -m2 a; cat) < f1
(grep -m1 nosuch; cat) < f1
(grep -m1 -c a; cat) < f1
(grep -m1 -v apple; cat) < f1
(grep -m1 -A1 banana; cat) < f1
(grep -m1 -A9 banana; cat) < f1
(grep -m1 -l a; cat) < f1
(grep -m1 -q a; cat) < f1
(grep -m1 -L a; cat) < f1
(grep -q a; cat) < f1
(grep -l a; cat) < f1
(grep -c a; cat) < f1
(grep -m0 a; cat) < f1
(grep a; cat) < f1
(grep -m1 -o a; cat) < f1
(grep -m1 a - f2; cat) < f1
(grep -m1 a f2 -; cat) < f1
(grep -m9 a; cat) < f1
(read x; grep -n -m1 a; cat) < f1
(read x; grep -b a; cat) < f1
(read x; grep -nb -m2 5; cat) < n
(read x; grep -c line -) < n
(grep -m1 -n 5; grep -m1 -n 5; grep -m1 -n 5; wc -l) < n
(grep -zm1 . | tr '\0' '@'; tr '\0' '@') < ztext
(grep -m1 -n '5000 '; head -n 1) < big
(grep -m3 -n '99 '; head -n 1) < big
(grep -m1 -A2 -n '5000 '; head -n 1) < big
(grep -m1 -c '5000 '; head -n 1) < big
(grep -m1 a; cat) < nul
(grep -m2 'a'; cat) < nulate
(grep -q line; head -n 1 | wc -c) < n
(grep -m1 line >/dev/null; head -n 1) < big
(grep line >/dev/null; head -n 1) < n
cat n | (grep -m1 '^line 5'; cat >/dev/null)

# Files that can be opened, but not read.
grep -c x /proc/self/mem; echo $?
grep -L x /proc/self/mem; echo $?
grep -Lc x /proc/self/mem /proc/self/mem f1; echo $?
~ grep -rcs . /proc/self/attr | grep :0; echo $?
~ grep -rL . /proc/self/attr; echo $?

# Standard input several times: each continues where the one before stopped.
for i in 1 2 3 4 5; do printf 'a1\nb2\na3\n'; done > $tmp/f; grep -m1 -n a - - - < $tmp/f; (grep -m2 -c a - -; cat) < $tmp/f; grep -m1 a - $tmp/f - < $tmp/f | sed 's/.*://'; grep -c a - - < $tmp/f; grep -m1 -v a - - < $tmp/f
seq 100000 > $tmp/f; grep -m3 -nb 7 - - - < $tmp/f; cat $tmp/f | grep -c 7 - -
