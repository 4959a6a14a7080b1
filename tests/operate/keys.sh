#!/bin/sh
# Usage: keys.sh PROGRAM SEED
#
# New keys, killed at any moment and beside a running serve.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

all_open() {
    "$program" check >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
    [ "$("$program" pupil list --school "$school" 2>/dev/null | grep -c "$NAME")" -eq 10 ]
}

rotates() {
    "$program" keys "$@" || return 1
    "$program" keys info --json >"$work/said" || return 1
    if grep -q '"rotating":true' "$work/said" || ! grep -q '"master_key":"settled"' "$work/said"; then
        cat "$work/said"
        return 1
    fi
    all_open
}

killed() { # killed VERB…: at some moments; afterwards all opens, and settle ends it
    for pause in 0.004 0.008 0.012 0.016 0.02 0.025 0.03 0.04; do
        "$program" keys "$@" >/dev/null 2>&1 &
        victim=$!
        sleep "$pause"
        kill -9 "$victim" 2>/dev/null
        wait "$victim" 2>/dev/null
        all_open || { echo "after $pause"; return 1; }
        "$program" keys settle >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
        all_open || { echo "settled after $pause"; return 1; }
        "$program" check | grep -q 'cut short' && { echo "not settled after $pause"; return 1; }
    done
    rotates "$@"
}

# The files as they were at the start of a rotation, with the database of its end, and the reverse.
an_old_keyring_with_a_new_database_is_told() {
    cp "$WEERKLANK_STATE/keyring" "$work/keyring-before"
    "$program" keys rotate-school --school "$school" >/dev/null 2>&1 || return 1
    cp "$WEERKLANK_STATE/keyring" "$work/keyring-after"
    cp "$work/keyring-before" "$WEERKLANK_STATE/keyring"
    exits 1 "$program" check >"$work/said" 2>&1
    told=$?
    cp "$work/keyring-after" "$WEERKLANK_STATE/keyring"
    grep -q 'its key does not open' "$work/said" && [ $told -eq 0 ] && all_open
}

an_old_backup_does_not_open() {
    "$program" backup "$work/old.backup" >/dev/null 2>&1 || return 1
    "$program" keys rotate-school --school "$school" >/dev/null 2>&1 || return 1
    exits 1 "$program" restore "$work/old.backup" --database "sqlite:$work/old.sqlite" >"$work/said" 2>&1
    told=$?
    rm -f "$work/old.backup" "$work"/old.sqlite*
    grep -q 'present keys do not open' "$work/said" && [ $told -eq 0 ]
}

# The master key of that day opens it, and is not needed a second time.
an_old_backup_opens_with_the_key_of_its_day() {
    "$program" backup "$work/old.backup" >/dev/null 2>&1 || return 1
    cp -p "$WEERKLANK_STATE/master.key" "$work/former.key"
    "$program" keys rotate-master >/dev/null 2>&1 || return 1
    exits 1 "$program" restore "$work/old.backup" --database "sqlite:$work/old1.sqlite" >"$work/said" 2>&1 || return 1
    grep -q 'former-key' "$work/said" || return 1
    cp "$WEERKLANK_STATE/keyring" "$work/keyring-before"
    "$program" restore "$work/old.backup" --former-key "$work/former.key" --database "sqlite:$work/old2.sqlite" \
        >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
    cmp -s "$WEERKLANK_STATE/keyring" "$work/keyring-before" || { echo "the keyring was written"; return 1; }
    rm "$work/former.key"
    "$program" check --database "sqlite:$work/old2.sqlite" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
    [ "$("$program" pupil list --school "$school" --database "sqlite:$work/old2.sqlite" | grep -c "$NAME")" -eq 10 ] &&
        all_open
}

another_key_opens_no_old_backup() {
    head -c 32 /dev/zero >"$work/wrong.key"
    exits 1 "$program" restore "$work/old.backup" --former-key "$work/wrong.key" \
        --database "sqlite:$work/old3.sqlite" >"$work/said" 2>&1 || return 1
    grep -q 'can be read by others' "$work/said" || return 1
    chmod 600 "$work/wrong.key"
    exits 1 "$program" restore "$work/old.backup" --former-key "$work/wrong.key" \
        --database "sqlite:$work/old3.sqlite" >"$work/said" 2>&1
    told=$?
    rm -f "$work/wrong.key" "$work/old.backup" "$work"/old*.sqlite*
    grep -q 'present keys do not open' "$work/said" && [ $told -eq 0 ] && all_open
}

a_key_that_cannot_be_replaced_is_told() {
    [ "$(id -u)" -ne 0 ] || return 0 # root writes everywhere
    mkdir "$work/credentials"
    cp "$WEERKLANK_STATE/master.key" "$work/credentials/master.key"
    chmod 500 "$work/credentials"
    exits 1 "$program" keys rotate-master --master-key "$work/credentials/master.key" || return 1
    chmod 700 "$work/credentials"
    rm -r "$work/credentials"
    all_open
}

# The administrator is root, the service is not.
what_root_makes_is_the_service_s() {
    [ "$(id -u)" -eq 0 ] || return 0
    "$program" backup "$work/root.backup" >/dev/null 2>&1 || return 1
    chown -R 65534 "$WEERKLANK_STATE"
    chown 0 "$WEERKLANK_STATE/master.key"
    "$program" keys rotate-school --school "$school" >/dev/null 2>&1 || return 1
    "$program" restore "$work/root.backup" --database "sqlite:$WEERKLANK_STATE/root.sqlite" >/dev/null 2>&1
    others=$(find "$WEERKLANK_STATE" ! -user 65534 ! -name master.key)
    rm -f "$work/root.backup" "$WEERKLANK_STATE"/root.sqlite*
    chown -R 0 "$WEERKLANK_STATE"
    [ -z "$others" ] || { echo "$others"; return 1; }
}

# The page of a signed-in coordinator would need a sign-in; housekeeping opens names as well, and so
# does a second command in a loop: neither may stumble over new keys.
others_go_on() {
    ( while [ ! -e "$work/enough" ]; do
        "$program" pupil list --school "$school" >"$work/list" 2>"$work/errors" || { cat "$work/errors"; exit 1; }
        [ "$(grep -c "$NAME" "$work/list")" -eq 10 ] || { echo "names are missing"; cat "$work/list"; exit 1; }
    done ) >"$work/reads" 2>&1 &
    reader=$!
    bad=0
    for n in 1 2 3 4 5 6 7 8 9 10; do
        "$program" keys rotate-school --school "$school" >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
    done
    "$program" keys rotate-master >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
    : >"$work/enough"
    wait "$reader" || { cat "$work/reads"; bad=1; }
    rm -f "$work/enough"
    [ $bad -eq 0 ] && all_open
}

all_of() {
    install_at "$1" "k$1" 10 || { echo "Bail out! no installation on $1"; exit 1; }
    check "a school's key ($1)" rotates rotate-school --school "$school"
    check "the master key ($1)" rotates rotate-master
    check "settling what is settled ($1)" rotates settle
    check "a school's key, killed at eight moments ($1)" killed rotate-school --school "$school"
    check "the master key, killed at eight moments ($1)" killed rotate-master
    check "others go on meanwhile ($1)" others_go_on
    check "an old keyring with a new database is told ($1)" an_old_keyring_with_a_new_database_is_told
    check "a backup from before does not open ($1)" an_old_backup_does_not_open
    check "a backup from before opens with the key of its day ($1)" an_old_backup_opens_with_the_key_of_its_day
    check "and with no other key ($1)" another_key_opens_no_old_backup
    check "what root makes is the service's ($1)" what_root_makes_is_the_service_s
    check "a master key that cannot be replaced is told ($1)" a_key_that_cannot_be_replaced_is_told
}

plan 24
all_of sqlite
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5 6 7 8 9 10 11 12; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
