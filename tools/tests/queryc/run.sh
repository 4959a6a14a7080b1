#!/bin/sh
# Compiles every ok/*.sql and compares with the expected output beside it, which must also compile
# without a warning; then every reject/*.sql, which must fail with exactly the expected problems.
#
#   run.sh QUERYC COMPILER SRC [--update]     (--update writes the expected files anew; read the diff)
set -u
queryc=$(realpath "$1") compiler=$2 src=$(realpath "$3") update=${4-}
tests=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# From here all paths in messages and #line are short, and the same on every machine.
cd "$scratch" || exit 1
mkdir gen
ln -s "$tests/ok" "$tests/reject" "$tests/migrations" "$tests/broken" .
number=0

check() { # what, status
    number=$((number + 1))
    if [ "$2" -eq 0 ]; then echo "ok $number - $1"; else echo "not ok $number - $1"; fi
}

same() { # expected, made
    [ -z "$update" ] || cp "$2" "$1"
    diff -u "$1" "$2" >&2
}

warnings="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wwrite-strings
    -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes -Werror -Wno-missing-field-initializers"

compiles() { # stem
    # shellcheck disable=SC2086 # the compiler and the warnings are lists
    $compiler -std=gnu17 -D_GNU_SOURCE $warnings -I. -I"$src" -c "gen/${1}_sql.c" -o "gen/$1.o" >&2 &&
    printf '#include "gen/%s_sql.h"\n' "$1" >alone.c &&
    $compiler -std=gnu17 $warnings -I. -I"$src" -fsyntax-only alone.c >&2
}

for sql in ok/*.sql; do
    stem=$(basename "$sql" .sql)
    "$queryc" --migrations migrations --header "gen/${stem}_sql.h" --source "gen/${stem}_sql.c" \
        "$sql" >&2
    check "$sql is compiled" $?
    same "$tests/ok/$stem.expected.h" "gen/${stem}_sql.h" &&
        same "$tests/ok/$stem.expected.c" "gen/${stem}_sql.c"
    check "$sql gives what is expected" $?
    compiles "$stem"
    check "$sql gives C without warnings" $?
done

for sql in reject/*.sql; do
    stem=$(basename "$sql" .sql)
    rm -f gen/x.h gen/x.c
    "$queryc" --migrations migrations --header gen/x.h --source gen/x.c "$sql" 2>problems
    [ $? -eq 1 ] && [ ! -e gen/x.h ] && [ ! -e gen/x.c ]
    check "$sql is refused" $?
    same "$tests/reject/$stem.expected" problems
    check "$sql is refused for the right reasons" $?
done

for dir in broken/*/; do
    stem=$(basename "$dir")
    "$queryc" --migrations "broken/$stem" --header gen/x.h --source gen/x.c ok/empty.sql 2>problems
    [ $? -eq 1 ]
    check "migrations $dir are refused" $?
    same "$tests/broken/$stem.expected" problems
    check "migrations $dir are refused for the right reasons" $?
done

"$queryc" --embed-migrations migrations --source gen/migrations.c --depfile gen/migrations.d
check "migrations are embedded" $?
same "$tests/migrations.expected.c" gen/migrations.c
check "the embedded migrations are as expected" $?
same "$tests/migrations.expected.d" gen/migrations.d
check "the depfile names the folder and the files" $?
"$queryc" --list migrations >list && printf '%s\n' migrations/0001_start.sql \
    migrations/0002_observation.sql | diff -u - list >&2
check "--list is in order" $?

for wrong in "" "--nonsense" "--migrations migrations" "--list" "--list a b" \
    "--migrations migrations --embed-migrations migrations --source x"; do
    # shellcheck disable=SC2086 # a list on purpose
    "$queryc" $wrong >out 2>usage
    [ $? -eq 2 ] && [ -s usage ] && [ ! -s out ]
    check "wrong usage: '$wrong'" $?
done
"$queryc" --help >usage && [ -s usage ]
check "--help" $?
"$queryc" --migrations migrations --header absent/x.h --source gen/x.c ok/empty.sql 2>problems
[ $? -eq 1 ] && grep -q '^absent/x.h:1: cannot be written' problems
check "an output that cannot be written" $?
"$queryc" --migrations migrations --header gen/x.h --source gen/x.c absent.sql 2>problems
[ $? -eq 1 ] && grep -q '^absent.sql:1: cannot be read' problems
check "an input that is not there" $?
printf -- '-- \377\n' >latin.sql
"$queryc" --migrations migrations --header gen/x.h --source gen/x.c latin.sql 2>problems
[ $? -eq 1 ] && grep -q '^latin.sql:1: is not valid UTF-8' problems
check "an input that is not UTF-8" $?

echo "1..$number"
