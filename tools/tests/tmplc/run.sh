#!/bin/sh
# tmplc from the outside: golden C, refusals, types refused by the C compiler, xgettext, usage.
# run.sh TMPLC SOURCE_ROOT COMPILER…      With TMPLC_ACCEPT=1 the expected files are written again.
set -u
tmplc=$(realpath "$1") root=$(realpath "$2") || exit 1
shift 2
here=$root/tools/tests/tmplc
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0 bad=0

result() { # result STATUS NAME [FILE with what to show]
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        bad=$((bad + 1))
        echo "not ok $count - $2"
        [ $# -lt 3 ] || sed 's/^/# /' "$3"
    fi
}

same() { # same EXPECTED GOT NAME
    [ -z "${TMPLC_ACCEPT:-}" ] || cp "$2" "$1"
    diff -u "$1" "$2" > "$work/diff"
    result $? "$3" "$work/diff"
}

# The generated files, letter for letter.
cd "$here/ok" || exit 1
for name in group layout values forms drawing same space; do
    "$tmplc" --header "$work/${name}_html.h" --source "$work/${name}_html.c" "$name.html" 2> "$work/err"
    result $? "ok/$name compiles" "$work/err"
done
for name in group forms; do
    same "$name.expected.h" "$work/${name}_html.h" "ok/$name header"
    same "$name.expected.c" "$work/${name}_html.c" "ok/$name source"
done

# xgettext reads the generated C and names the line of the template.
xgettext --from-code=UTF-8 --language=C -k_ -ktrn:2,3 -o - "$work/group_html.c" > "$work/pot" 2>&1
grep -q '^#: group.html:11$' "$work/pot"
result $? "xgettext points into the template" "$work/pot"

# Every refusal: all problems, their lines, no output.
cd "$here/reject" || exit 1
for file in *.html; do
    name=${file%.html}
    rm -f "$work/out.h" "$work/out.c"
    "$tmplc" --header "$work/out.h" --source "$work/out.c" "$file" 2> "$work/err"
    [ $? -eq 1 ] && [ ! -e "$work/out.h" ] && [ ! -e "$work/out.c" ]
    result $? "reject/$name is refused" "$work/err"
    same "$name.err" "$work/err" "reject/$name says why"
done

# What only the C compiler can know is refused there, at the line of the template.
cd "$here/refused_types" || exit 1
for file in *.html; do
    name=${file%.html}
    "$tmplc" --header "$work/t_html.h" --source "$work/t_html.c" "$file" 2> "$work/err"
    result $? "refused_types/$name passes tmplc" "$work/err"
    LC_ALL=C "$@" -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra -Werror -I"$root/src" \
        -c -o "$work/t.o" "$work/t_html.c" > "$work/err" 2>&1
    code=$?
    # gcc puts the error in the macro and a note at the template's line.
    [ "$code" -ne 0 ] && grep -q "error:" "$work/err" && grep -q "^$file:[13]:" "$work/err" &&
        grep -qF "$(cat "$name.expect")" "$work/err"
    result $? "refused_types/$name does not compile" "$work/err"
done

# Usage and files that are not there.
"$tmplc" > /dev/null 2>&1
[ $? -eq 2 ]
result $? "no arguments: usage"
"$tmplc" --help | grep -q '^usage: tmplc'
result $? "--help"
"$tmplc" --header "$work/o.h" --source "$work/o.c" "$work/absent.html" 2> "$work/err"
[ $? -eq 1 ] && grep -q 'absent.html: No such file' "$work/err"
result $? "an absent input is named" "$work/err"
"$tmplc" --header "$work/o.h" --source "$work/absent/o.c" "$here/ok/group.html" 2> "$work/err"
[ $? -eq 1 ] && [ ! -e "$work/o.h" ]
result $? "no header without its source" "$work/err"

# Unescaped output is for generated code: nobody else in the tree calls it.
grep -rn 'html_literal' "$root/src" "$root/tools" "$root/tests" \
    --include='*.c' --include='*.h' --include='*.html' --include='*.sql' |
    grep -vE "^$root/(src/html/html(_test)?\.[ch]|tools/tmplc/(code|emit)\.[ch]|tools/tests/tmplc/)" > "$work/callers"
[ ! -s "$work/callers" ]
result $? "only generated code calls html_literal" "$work/callers"

echo "1..$count"
[ "$bad" -eq 0 ]
