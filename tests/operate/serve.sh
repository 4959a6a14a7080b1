#!/bin/sh
# Usage: serve.sh PROGRAM SEED
#
# serve as a service: what it says when it cannot start, health, what it finishes, what goes on
# beside it.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

# Under the address sanitizer the leak checker wants system calls that the sandbox forbids.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

start() { # start [OPTION…]: serve on free ports; sets $port and $running
    kill_running # of a test that failed
    : >"$work/log" # here, or the port of the server before is read from it
    "$program" serve --listen 127.0.0.1:0 "$@" >>"$work/log" 2>&1 &
    running=$!
    echo "$running" >"$work/running"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        port=$(sed -n 's/.*listening address=.* port=\([0-9]*\).*/\1/p' "$work/log")
        [ -n "$port" ] && return 0
        kill -0 "$running" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/log"
    return 1
}

stop() {
    kill "$running"
    wait "$running"
    code=$?
    running=
    rm -f "$work/running"
    [ $code -eq 0 ] || { cat "$work/log"; return 1; }
}

says_that_there_is_no_database() {
    exits 1 "$program" serve --listen 127.0.0.1:0 --database "sqlite:$work/absent.sqlite" 2>"$work/said" || return 1
    cat "$work/said"
    grep -q 'no database yet' "$work/said" && [ ! -e "$work/absent.sqlite" ]
}

says_that_the_server_is_away() {
    exits 1 "$program" serve --listen 127.0.0.1:0 \
        --database 'postgresql://weerklank:geheim@127.0.0.1:1/weerklank' 2>"$work/said" || return 1
    cat "$work/said"
    grep -q 'cannot be reached' "$work/said" && ! grep -q geheim "$work/said"
}

says_that_there_are_no_keys() {
    exits 1 "$program" serve --listen 127.0.0.1:0 --state "$work/elsewhere" 2>"$work/said" || return 1
    grep -q 'no master key or keyring' "$work/said"
}

answers() { # says what came instead, and what the server said
    code=$(curl -s -o "$work/page" -w '%{http_code}' --max-time 20 "http://127.0.0.1:$port/aanmelden")
    [ "$code" = 200 ] && return 0
    echo "answer on port $port: $code"
    head -c 300 "$work/page"
    cat "$work/log"
    return 1
}

answers_while_it_is_backed_up() {
    start || return 1
    bad=0
    for n in 1 2 3; do
        "$program" backup "$work/beside-$engine-$n" >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
        answers || bad=1
    done
    "$program" keys rotate-school --school "$school" >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
    "$program" keys rotate-master >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
    sleep 1
    answers || bad=1
    stop || bad=1
    grep -e '^<[34]>' "$work/log" && { echo "it stumbled"; bad=1; }
    [ $bad -eq 0 ] && "$program" check
}

sign_in() { # as the teacher of the demo; sets $csrf and $someone
    rm -f "$work/jar"
    csrf=$(curl -s -c "$work/jar" "http://127.0.0.1:$port/aanmelden" |
        sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
    curl -s -o /dev/null -b "$work/jar" -c "$work/jar" "http://127.0.0.1:$port/aanmelden" \
        --data-urlencode "csrf=$csrf" --data-urlencode email=marit@regenboog.example \
        --data-urlencode 'password=vier blauwe vissen'
    see / "$work/home" || return 1
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/home" | head -n 1)
    someone=$(grep -o '/leerling/[0-9a-z]\{13\}"' "$work/home" | head -n 1 | cut -d/ -f3 | tr -d '"')
    [ -n "$someone" ] || { echo "nobody signed in"; return 1; }
}

see() { # see PATH FILE: the page, which must be there
    code=$(curl -s -o "$2" -w '%{http_code}' -b "$work/jar" "http://127.0.0.1:$port$1")
    [ "$code" = 200 ] || { echo "$1: $code"; return 1; }
}

# Everybody of the group by their letters, which come out of the sealed name.
names() {
    sed -n 's,.*href="/leerling/\([0-9a-z]*\)".*aria-hidden="true">\([^<]\{1\,8\}\)<.*,\1 \2,p' "$1" | sort
}

# Pages of a group and of a dossier are opened, and an observation is kept, again and again, while
# all keys change under them: every page is whole, every text is kept.
pages_stay_whole_while_keys_change() {
    export WEERKLANK_STATE="$work/demo$engine"
    note_schema "demo$engine"
    WEERKLANK_DATABASE=$(fresh_url "$engine" "demo$engine")
    "$program" demo >/dev/null 2>&1 || return 1
    of_school=$("$program" school list 2>/dev/null | sed -n 's/^\([0-9a-z]*\)  po .*/\1/p' | head -n 1)
    start && sign_in || return 1
    names "$work/home" >"$work/names"
    [ "$(wc -l <"$work/names")" -gt 10 ] || { echo "no names on the page"; return 1; }
    rm -f "$work/enough" "$work/often"
    (   # at least eight times, and until enough was read and kept under it
        trap ': >"$work/enough"' EXIT
        n=0
        while [ $n -lt 8 ] || { [ ! -e "$work/often" ] && [ $n -lt 500 ]; }; do
            "$program" keys rotate-school --school "$of_school" || exit 1
            n=$((n + 1))
        done
        "$program" keys rotate-master && "$program" keys rotate-school --school "$of_school"
    ) >"$work/rotating" 2>&1 &
    rotation=$!
    kept=0
    while [ ! -e "$work/enough" ]; do
        see / "$work/page" || return 1
        names "$work/page" | cmp -s - "$work/names" || { echo "a page without names"; names "$work/page"; return 1; }
        see "/leerling/$someone" "$work/page" || return 1
        kept=$((kept + 1))
        code=$(curl -s -o "$work/page" -w '%{http_code}' -b "$work/jar" \
            "http://127.0.0.1:$port/leerling/$someone/observatie/$(printf '1%012d' $kept)" \
            -H 'X-Requested-With: autosave' -d "csrf=$csrf" -d kind=strength -d version=0 \
            -d "seen_on=$(date +%F)" -d "body=Gehouden-$kept-einde")
        [ "$code" = 200 ] || { echo "keeping: $code"; cat "$work/page" "$work/log"; return 1; }
        [ "$kept" -le 3 ] || : >"$work/often"
    done
    wait "$rotation" || { cat "$work/rotating"; return 1; }
    see "/leerling/$someone" "$work/page" || return 1
    stop || return 1
    [ "$kept" -gt 3 ] || { echo "only $kept rounds: it proves nothing"; return 1; }
    "$program" pupil export --school "$of_school" "$someone" >"$work/dossier" 2>/dev/null || return 1
    for n in $(seq "$kept"); do
        grep -q "Gehouden-$n-einde" "$work/dossier" || { echo "text $n is lost"; return 1; }
    done
    "$program" check >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
}

# An erasure whose process died after the commit: the next start finishes it.
finishes_what_a_dead_process_began() {
    slot=$(sql "SELECT slot FROM dossier WHERE id = (SELECT MIN(id) FROM pupil)")
    at=$(sql "SELECT school FROM dossier WHERE id = (SELECT MIN(id) FROM pupil)")
    sql "INSERT INTO erasure (at_school, slot, made_at) VALUES ($at, $slot, 1)" || return 1
    "$program" check | grep -q '1 erasures wait' || return 1
    start || return 1
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(sql "SELECT COUNT(*) FROM erasure")" = 0 ] && break
        sleep 0.2
    done
    stop || return 1
    [ "$(sql "SELECT COUNT(*) FROM erasure")" = 0 ] || { cat "$work/log"; return 1; }
    grep -q ' erased slots=1' "$work/log" || { cat "$work/log"; return 1; }
    "$program" check --json 2>/dev/null | grep -q '"values_erased":4'
}

an_old_keyring_is_healed() {
    cp "$WEERKLANK_STATE/keyring" "$work/old-keyring"
    victim=$("$program" pupil list --school "$school" 2>/dev/null | tail -n 1 | cut -d' ' -f1)
    "$program" pupil erase --school "$school" "$victim" --yes 2>/dev/null || return 1
    cp "$work/old-keyring" "$WEERKLANK_STATE/keyring"
    exits 1 "$program" check >/dev/null 2>&1 || return 1
    start || return 1
    sleep 1
    stop || return 1
    grep -q keyring_was_older "$work/log" || { cat "$work/log"; return 1; }
    "$program" check
}

health() {
    metrics=$((20000 + $$ % 20000))
    start --metrics "127.0.0.1:$metrics" || return 1
    [ "$(curl -s "http://127.0.0.1:$metrics/healthz")" = ok ] || { echo "not well"; stop; return 1; }
    curl -s "http://127.0.0.1:$metrics/metrics" | grep -q '^weerklank_requests_total ' || { stop; return 1; }
    stop
}

all_of() {
    engine=$1
    install_at "$1" "s$1" 3 || { echo "Bail out! no installation on $1"; exit 1; }
    check "healthz and metrics ($1)" health
    check "it answers while backup and rotation go on ($1)" answers_while_it_is_backed_up
    check "it finishes the erasure of a dead process ($1)" finishes_what_a_dead_process_began
    check "it heals an old keyring ($1)" an_old_keyring_is_healed
    check "pages stay whole while all keys change ($1)" pages_stay_whole_while_keys_change
}

plan 13
all_of sqlite
check "it says that there is no database" says_that_there_is_no_database
check "it says that the server is away, and no password" says_that_the_server_is_away
check "it says that there are no keys" says_that_there_are_no_keys
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
