#!/bin/sh
# The harness itself: that the sum at the end tells the truth, and that a PostgreSQL comes and goes.
set -u
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$source/tests/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# sum_is LAST-LINE EXIT-CODE LOG
sum_is() {
    said=$(printf '%b' "$3" | "$source/tests/tally")
    code=$?
    printf '%s\n(exit code %d)\n' "$said" "$code"
    [ "$(printf '%s\n' "$said" | tail -n 1)" = "$1" ] && [ "$code" -eq "$2" ]
}

good='test:   a\nresult: exit status 0\n1..2\nok 1 - x\nok 2 - y\n'

comes_and_goes() {
    "$source/tests/pg/with_postgres.sh" sh -c '
        folder=${WEERKLANK_TEST_PG#*host=}
        echo "${folder%%&*}" >"$1/folder"
        psql "$WEERKLANK_TEST_PG" -Atc "CREATE DATABASE other" -c "SHOW listen_addresses" >"$1/said" 2>&1
        exit 7' sh "$work"
    code=$?
    cat "$work/said"
    [ "$code" -eq 7 ] && [ "$(tail -n 1 "$work/said")" = "" ] && [ ! -e "$(cat "$work/folder")" ]
}

goes_when_interrupted() {
    "$source/tests/pg/with_postgres.sh" sh -c 'echo "$WEERKLANK_TEST_PG" >"$1/url"; sleep 1' sh "$work" &
    pid=$!
    for _ in $(seq 300); do
        [ -s "$work/url" ] && break
        sleep 0.1
    done
    kill -TERM "$pid"
    wait "$pid"
    [ -s "$work/url" ] && ! psql "$(cat "$work/url")" -c 'SELECT 1'
}

as_somebody_ordinary() {
    cp "$source/tests/pg/with_postgres.sh" "$work/with_postgres.sh"
    chmod 755 "$work" "$work/with_postgres.sh"
    (cd / && runuser -u nobody -- env -u TMPDIR "$work/with_postgres.sh" \
        sh -c 'psql "$WEERKLANK_TEST_PG" -Atc "SELECT 1"')
}

plan 16
check "a good test counts its points" sum_is "2 passed, 0 failed" 0 "$good"
check "two tests are added" sum_is "4 passed, 0 failed" 0 "$good$good"
check "a failed point counts" sum_is "1 passed, 1 failed" 1 \
    'test: a\nresult: exit status 1\n1..2\nok 1 - x\nnot ok 2 - y\n'
check "a skipped point is neither" sum_is "1 passed, 0 failed, 1 skipped" 0 \
    'test: a\n1..2\nok 1 - x\nok 2 - y # SKIP no network\nresult: exit status 0\n'
check "a crash halfway counts" sum_is "1 passed, 1 failed" 1 \
    'test: a\nresult: killed by signal 6 SIGABRT\n1..2\nok 1 - x\n'
check "a crash before any point counts" sum_is "0 passed, 1 failed" 1 'test: a\nresult: killed by signal 11\n'
check "a sanitizer that speaks at the end counts" sum_is "2 passed, 1 failed" 1 \
    'test: a\nresult: exit status 1\n1..2\nok 1 - x\nok 2 - y\n'
check "fewer points than planned count" sum_is "1 passed, 1 failed" 1 \
    'test: a\nresult: exit status 0\n1..2\nok 1 - x\n'
check "a test without points counts by its exit" sum_is "1 passed, 1 failed" 1 \
    'test: a\nresult: exit status 0\nhello\ntest: b\nresult: exit status 2\n'
check "a unit test that tests nothing counts" sum_is "0 passed, 1 failed" 1 \
    'test: weerklank:unit / html\nresult: exit status 0\n'
check "a test that never ended counts" sum_is "4 passed, 1 failed" 1 "${good}test: b\n1..2\nok 1 - x\nok 2 - y\n"
check "no test at all is a failure" sum_is "0 passed, 1 failed" 1 ''
if [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ]; then
    check "a PostgreSQL comes, listens to no network, and goes" comes_and_goes
    check "it goes when the tests are interrupted" goes_when_interrupted
    if [ "$(id -u)" -eq 0 ]; then
        check "it needs no root" as_somebody_ordinary
    else
        skip "it needs no root" "this whole run needs none"
    fi
else
    for name in comes interrupted root; do skip "PostgreSQL: $name" "PostgreSQL is not installed"; done
fi
check_fails "with_postgres.sh says how it is used" usage "$source/tests/pg/with_postgres.sh"
exit $tap_failed
