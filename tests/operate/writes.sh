#!/bin/sh
# Usage: writes.sh PROGRAM SEED
#
# What is acknowledged is there, whatever happens next: the process is killed while people write;
# the disk is full; the database goes away in the middle and comes back. All through the web
# application with the demo's people, on both engines.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

start() { # serve on a free port; sets $port and $running
    "$program" serve --listen 127.0.0.1:0 2>>"$work/log" &
    running=$!
    port=
    tries=0
    while [ -z "$port" ] && [ $tries -lt 100 ]; do
        port=$(sed -n 's/.*listening address=.* port=\([0-9]*\).*/\1/p' "$work/log" | tail -n 1)
        kill -0 "$running" 2>/dev/null || break
        tries=$((tries + 1))
        sleep 0.1
    done
    [ -n "$port" ] || { cat "$work/log"; return 1; }
}

stop() {
    kill "$running" 2>/dev/null
    wait "$running" 2>/dev/null
    running=
}

sign_in() { # as the demo's teacher; sets $csrf and $pupil
    rm -f "$work/jar"
    token=$(curl -s -c "$work/jar" "http://127.0.0.1:$port/aanmelden" |
        sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
    curl -s -o /dev/null -b "$work/jar" -c "$work/jar" "http://127.0.0.1:$port/aanmelden" \
        --data-urlencode "csrf=$token" --data-urlencode email=marit@regenboog.example \
        --data-urlencode 'password=vier blauwe vissen'
    curl -s -b "$work/jar" "http://127.0.0.1:$port/" >"$work/home.html"
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/home.html" | head -n 1)
    pupil=$(grep -o '/leerling/[0-9a-z]\{13\}"' "$work/home.html" | head -n 1 | cut -d/ -f3 | tr -d '"')
    [ -n "$pupil" ] || { echo "sign-in failed"; cat "$work/log"; return 1; }
}

# keep NUMBER: one observation by autosave; prints the status, and the answer to $work/answer
keep() {
    curl -s -o "$work/answer" -w '%{http_code}' --max-time 20 -b "$work/jar" \
        "http://127.0.0.1:$port/leerling/$pupil/observatie/$(printf '1%012d' "$1")" \
        -H 'X-Requested-With: autosave' -d "csrf=$csrf" -d kind=strength -d version=0 \
        -d "seen_on=$(date +%F)" -d "body=Woord-$1-einde"
}

demo_at() { # demo_at ENGINE NAME
    : >"$work/log"
    export WEERKLANK_STATE="$work/$2"
    WEERKLANK_DATABASE=$(fresh_url "$1" "$2")
    export WEERKLANK_DATABASE
    "$program" demo >/dev/null 2>&1
}

# All numbers in $work/acknowledged are on the time line.
all_are_there() {
    : >"$work/dossier.html"
    older="/leerling/$pupil"
    while [ -n "$older" ]; do
        curl -s -b "$work/jar" "http://127.0.0.1:$port$older" >"$work/page.html"
        cat "$work/page.html" >>"$work/dossier.html"
        older=$(sed -n 's/.*<a href="\([^"]*\)" rel="next">.*/\1/p' "$work/page.html" | sed 's/&amp;/\&/g; s/&#38;/\&/g')
    done
    missing=0
    while read -r n; do
        grep -q "Woord-$n-einde" "$work/dossier.html" || { echo "lost: $n"; missing=1; }
    done <"$work/acknowledged"
    [ $missing -eq 0 ]
}

killed_while_writing() { # ENGINE
    demo_at "$1" "kill_$1" && start && sign_in || return 1
    : >"$work/acknowledged"
    n=0
    for round in 1 2 3; do
        (sleep "0.$((round * 2 + 3))"; kill -9 "$running") &
        killer=$!
        while kill -0 "$running" 2>/dev/null; do
            n=$((n + 1))
            [ "$(keep $n)" = 200 ] && echo $n >>"$work/acknowledged"
        done 2>/dev/null
        wait "$killer" "$running" 2>/dev/null
        : >"$work/log"
        start || return 1
        all_are_there || { stop; return 1; }
    done
    echo "$(wc -l <"$work/acknowledged") acknowledged of $n"
    stop
    [ -s "$work/acknowledged" ] && "$program" check --json && "$program" audit verify
}

full_disk_says_so_and_goes_on() { # the files of this process may not grow any more
    demo_at sqlite full && start && sign_in || return 1
    : >"$work/acknowledged"
    [ "$(keep 1)" = 200 ] && echo 1 >>"$work/acknowledged"
    prlimit --pid "$running" --fsize=4096:unlimited || return 1
    code=$(keep 2)
    page=$(curl -s -o "$work/page.html" -w '%{http_code}' -b "$work/jar" "http://127.0.0.1:$port/leerling/$pupil")
    prlimit --pid "$running" --fsize=unlimited:unlimited || return 1
    echo "while full: write $code, page $page"
    [ "$code" = 503 ] || { cat "$work/answer" "$work/log"; stop; return 1; }
    [ "$(keep 3)" = 200 ] && echo 3 >>"$work/acknowledged"
    if ! all_are_there || grep -q 'Woord-2-einde' "$work/dossier.html"; then
        cat "$work/log"
        stop
        return 1
    fi
    stop
    "$program" check
}

server_gone_and_back() {
    demo_at postgres gone || return 1
    WEERKLANK_DATABASE="$WEERKLANK_DATABASE&application_name=gone_$$" # to cut off this one and no other
    start && sign_in || return 1
    : >"$work/acknowledged"
    [ "$(keep 1)" = 200 ] && echo 1 >>"$work/acknowledged"
    psql -q "$WEERKLANK_TEST_PG" -c "ALTER SCHEMA op_$$_gone RENAME TO op_$$_away" || return 1
    code=$(keep 2)
    psql -q "$WEERKLANK_TEST_PG" -c "ALTER SCHEMA op_$$_away RENAME TO op_$$_gone" || return 1
    psql -qtA "$WEERKLANK_TEST_PG" -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'gone_$$'" >/dev/null
    keep 3 >"$work/third" # the connection that was cut may cost one answer
    echo "while away: $code, cut off: $(cat "$work/third")"
    case $code in
    5??) ;;
    *) stop; return 1 ;;
    esac
    [ "$(keep 4)" = 200 ] && echo 4 >>"$work/acknowledged"
    if [ "$(wc -l <"$work/acknowledged")" != 2 ] || ! all_are_there; then
        cat "$work/log"
        stop
        return 1
    fi
    grep -q 'Woord-2-einde' "$work/dossier.html" && { echo "half"; stop; return 1; }
    stop
    "$program" check
}

pg_schemas="op_$$_kill_postgres op_$$_gone op_$$_away"
if has_server; then plan 4; else plan 2; fi
check "killed while people write: what was acknowledged is there, on SQLite" killed_while_writing sqlite
check "the disk is full: it says so, nothing is half, and it goes on" full_disk_says_so_and_goes_on
if has_server; then
    check "killed while people write: what was acknowledged is there, on PostgreSQL" killed_while_writing postgres
    check "the database goes away and comes back, nothing half" server_gone_and_back
fi
exit $tap_failed
