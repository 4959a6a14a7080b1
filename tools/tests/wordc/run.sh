#!/bin/sh
# Every case in reject/ must be refused with exactly the expected messages; ok/ gives tables that
# compile, with the forms of its verbs. TAP on stdout.
#   run.sh WORDC CC SRC
wordc=$(readlink -f "$1")
cc=$2
src=$(readlink -f "$3")
here=$(dirname -- "$(readlink -f "$0")")
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
number=0

point() { # point NAME CODE
    number=$((number + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        sed 's/^/# /' "$out/diff"
    fi
}

for case in "$here"/reject/*/; do
    cd "$case" || exit 1
    "$wordc" --header "$out/refused.h" --source "$out/refused.c" words.txt --frames x frames.txt 2>"$out/said"
    code=$?
    diff -u expected "$out/said" >"$out/diff"
    same=$?
    [ "$code" -eq 1 ] && [ "$same" -eq 0 ] && [ ! -e "$out/refused.h" ]
    point "refused: $(basename "$case")" $?
done

cd "$here/ok" || exit 1
mkdir -p "$out/gen"
"$wordc" --header "$out/gen/words.h" --source "$out/words.c" words.txt --frames x frames.txt >"$out/diff" 2>&1 &&
    $cc -std=c17 -Wall -Wextra -Werror -I "$src" -I "$out" -c -o "$out/words.o" "$out/words.c" >>"$out/diff" 2>&1
point "tables that compile" $?
: >"$out/diff"
for form in opruim probeer liepen gelopen he; do
    grep -q "/\* $form \*/" "$out/words.c" || echo "no row for $form" >>"$out/diff"
done
for form in opgeruimd opruimt probeerde geprobeerd; do
    grep -q "/\* $form \*/" "$out/words.c" && echo "$form is made of its stem" >>"$out/diff"
    grep -q "{\"$form\"," "$out/gen/words.h" || echo "$form is not made" >>"$out/diff"
done
[ ! -s "$out/diff" ]
point "forms of verbs, and words without accents" $?
"$wordc" --header "$out/again.h" --source "$out/again.c" words.txt --frames x frames.txt
cmp -s "$out/words.c" "$out/again.c"
point "the same every time" $?
echo "1..$number"
