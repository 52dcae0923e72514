# -r and -R, and which files they read.

grep -r a chain
grep -rn a chain
grep -rc a chain
grep -rl a chain
grep -rL a chain; echo $?
grep -rh a chain
grep -rH a chain
grep -ro a chain
grep -rv a chain
grep -rq a chain
grep -rm1 a chain
grep -rC1 -n c chain
grep -r a chain/
grep -r a chain//
grep -r a ./chain
grep -r a chain/one chain
grep -r a chain/one/two/three
grep -r a f2
grep -r a f2 f3
grep -rh a f2 chain
grep -rH a f2
grep -rn a chain nosuch
grep -rs a chain nosuch
grep -rq a nosuch chain
grep -rq a chain nosuch
cd chain; grep -r a
cd chain; grep -rn a .
cd chain; grep -rn a ./
cd chain; grep -rc a one
cd chain; grep -rl a
cd chain; grep -R a
cd chain; grep -rL a; echo $?
cd chain; grep -rZl a | tr '\0' '@'
cd chain; grep -r a -
cd chain; echo a | grep -r a - .
cd chain; echo a | grep -r a . -
cd chain; grep -rH a
cd chain; grep -rh a
cd chain; grep -r a ..//chain
cd chain/one/two; grep -r --exclude-dir=. a
cd chain/one/two; grep -r --exclude-dir=. a .
cd chain/one/two; grep -r --exclude-dir=./ a .
cd chain/one/two; grep -r --exclude-dir=.. a ..
cd chain; echo a | grep -r --include=nosuch a -
cd chain; echo a | grep --exclude=- a -
cd chain; echo a | grep --exclude='*' a -
cd chain; echo a | grep --include=x a
cd chain; echo a | grep -r --exclude-dir=- a -
~ grep -r a tree
~ grep -rn a tree
~ grep -rc a tree
~ grep -rl a tree
~ grep -rL a tree; echo $?
~ grep -rs a tree
~ grep -rI a tree
~ grep -ra a tree
~ grep -rv a tree
~ grep -ro a tree
~ grep -rb a tree
~ grep -rT a tree
~ grep -rm1 a tree
~ grep -rlZ a tree | tr '\0' '\n'
~ grep -rw a tree
~ grep -ri A tree
~ grep -rhc a tree
~ grep -rA1 int tree
~ grep -r a tree/
~ grep -r a tree tree/sub
~ grep -r a tree f1 nosuch
~ grep -R a tree
~ grep -Rn a tree
~ grep -Rl a tree
~ grep -Rc a tree/sub
~ grep -r a linkdir
~ grep -R a linkdir
~ grep -r a linkdir/
~ grep -r a chains
~ grep -R a chains
~ grep -r a chains/tofile
~ grep -r apple link dangling
~ grep -R apple link dangling
~ grep -rs apple link dangling
~ cd tree; grep -r a
~ cd tree; grep -R a
~ cd tree; grep -rl a .
~ cd tree; grep -rl a ./
~ cd tree; grep -rl a *
~ cd tree; grep -rl a ./* .hid
~ cd tree; grep -rl a "$PWD/sub" | sed "s,$PWD,PWD,"
~ cd tree; grep -l a *
~ cd tree; grep -d skip -l a *
~ cd tree; grep -dskip -L a * .*
~ cd $tmp; mkdir -p a/b; ln -s .. a/b/up; echo x > a/f; grep -r x; grep -R x
~ cd $tmp; mkdir -p a/b; ln -s . a/self; echo x > a/f; grep -R x a; echo $?
~ cd $tmp; mkdir -p a/b; ln -s ../.. a/b/up; echo x > a/f; grep -R x a; echo $?
~ cd $tmp; ln -s nosuch a; ln -s b b; grep -r x . ; echo $?; grep -R x .; echo $?; grep -Rs x .; echo $?
~ cd $tmp; mkdir -p a b; echo x > a/f; ln -s ../a b/l; grep -R x .; grep -R x b; grep -r x b

#each grep -rl {args} a tree | sort
'--include=*.c'
'--include=*.h'
'--include=*'
--include=a.c
--include=sub
--include=sub/a.c
--include=tree/a.c
'--include=*/a.c'
--include=./tree/a.c
--include=/a.c
'--include=*.c' '--include=*.h'
'--include=*.[ch]'
'--include=*.[!c]'
'--include=*.[^c]'
'--include=?.c'
'--include=.*'
'--include=*.c/'
--include=
--include=nosuch
--include=tree
'--include=*.{c,h}'
--include=A.C
'--include=\a.c'
'--include=a\.c'
'--include=[a'
'--include=[[:lower:]].c'
'--include=*.c' --exclude=a.c
--exclude=a.c '--include=*.c'
'--include=*.c' '--exclude=*'
'--exclude=*' '--include=*.c'
'--exclude=*.c'
'--exclude=*.h'
--exclude=a.c
'--exclude=a*'
'--exclude=*'
--exclude=sub
--exclude=sub/a.c
--exclude=tree/a.c
--exclude=tree
'--exclude=tree/*'
'--exclude=*/a.c'
--exclude=./a.c
--exclude=/a.c
--exclude=a.c/
'--exclude=.*'
--exclude=.hid
--exclude=
'--exclude=*.c' '--exclude=*.o'
'--exclude=*.[ch]'
'--exclude=?.?'
'--exclude=[[:alpha:]].c'
'--exclude=\*.c'
'--exclude=a.\c'
'--exclude=**'
'--exclude=['
--exclude-dir=sub
--exclude-dir=sub/
--exclude-dir=sub//
--exclude-dir=./sub
--exclude-dir=/sub
--exclude-dir=tree/sub
--exclude-dir=sub/sub
'--exclude-dir=*/sub'
'--exclude-dir=s*'
'--exclude-dir=*'
--exclude-dir=tree
--exclude-dir=tree/
--exclude-dir=./tree
--exclude-dir=.git
'--exclude-dir=.*'
--exclude-dir=.
--exclude-dir=vendor --exclude-dir=sub
--exclude-dir=ven
--exclude-dir=
--exclude-dir=/
--exclude-dir=VENDOR
'--exclude-dir=[sv]*'
--exclude-dir=a.c
--exclude-dir=sub '--include=*.c'
--exclude-from=globs
--exclude-from=globs '--include=*.h'
--exclude-from=empty
--exclude-from=nosuch
--exclude-from=/dev/null
--exclude-from=tree
'--exclude=*.h' --exclude-from=globs --exclude-dir=vendor
'--include=*.h' --exclude-from=globs

grep --include='*.c' a f1 tree/a.c tree/b.h
grep --include='f1' a f1 f2
grep --include='./f1' a ./f1 f1
grep --include='f*' a ./f1 f2 -
grep --exclude='f1' a f1 f2
grep --exclude='f1' a ./f1 f2
grep --exclude='./f1' a ./f1 f1
grep --exclude='*/f1' a ./f1 f1
grep --exclude='tree/*' a tree/a.c f1
grep --exclude='tree' a tree/a.c f1
grep --exclude='tree/a.c' a tree/a.c f1
grep --exclude='a.c' a tree/a.c f1
grep --exclude='sub/a.c' a tree/sub/a.c f1
grep --exclude='*.c' a tree/a.c tree/b.h
grep --exclude='*.c' -c a tree/a.c tree/b.h
grep --exclude='*.c' a tree/a.c; echo $?
grep --exclude='*.c' -L a tree/a.c; echo $?
grep --exclude=nosuch a nosuch; echo $?
grep --exclude='no*' a nosuch f1; echo $?
grep --exclude-dir=tree a tree/a.c f1
grep --exclude-dir=tree a tree f1
grep --exclude-dir=tree -d skip a tree f1
grep --exclude-dir=tree/ a tree f1
grep --exclude-dir=tree a ./tree tree/ f1
grep --exclude=tree a tree f1
grep --include=x a tree f1
grep --include=tree a tree f1
grep --exclude-from=globs -c a tree/a.c tree/b.h
printf '%s\n' '*.c' | grep -rl --exclude-from=- a tree | sort
grep -r --exclude-dir=chain a chain; echo $?
grep -r --exclude-dir=chain/ a chain; echo $?
grep -r --exclude-dir=chain a chain/; echo $?
grep -r --exclude-dir=chain a ./chain; echo $?
grep -r --exclude-dir=./chain a ./chain; echo $?
grep -r --exclude-dir=one a chain; echo $?
grep -r --exclude-dir=one a chain/one; echo $?
grep -r --exclude-dir=one a chain/one/; echo $?
grep -r --exclude-dir=chain/one a chain/one; echo $?
grep -r --exclude-dir=two a chain chain/one/two; echo $?
grep -r --exclude-dir='*' a chain; echo $?
grep -r --exclude-dir='*' a .; echo $?
grep -r --exclude='chain' a chain; echo $?
grep -r --exclude='chain*' a chain; echo $?
grep -r --include='three' a chain; echo $?
grep -r --include='chain' a chain; echo $?
grep -r --include='two/three' a chain; echo $?
grep -r --include='one/two/three' a chain/one/two/three; echo $?
grep -r --include='*/three' a chain; echo $?
grep -r --exclude='two/three' a chain; echo $?
grep -r --exclude='one/*' a chain; echo $?
cd chain; grep -r --include='./one/two/three' a
cd chain; grep -r --include='./one/two/three' a .
cd chain; grep -r --exclude='./one/two/three' a .
cd chain; grep -r --exclude='one/two/three' a
cd chain; grep -r --exclude-dir='./one' a
cd chain; grep -r --exclude-dir='./one' a .
cd chain; grep -r --exclude-dir='one' a ./one
cd chain; grep -r --exclude-dir='./one' a ./one
