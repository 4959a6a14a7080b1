#!/bin/sh
# Usage: backup.sh PROGRAM SEED
#
# backup and restore: complete, never half, never over something; between engines, after damage.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

makes_a_backup() {
    said=$("$program" backup "$work/one.backup" --json) || return 1
    echo "$said"
    [ "$(stat -c %a "$work/one.backup")" = 600 ] || { echo "mode $(stat -c %a "$work/one.backup")"; return 1; }
    if [ -e "$work/one.backup.partial" ] || [ -e "$work/one.backup-wal" ]; then ls "$work"; return 1; fi
    [ "$(echo "$said" | field bytes)" -eq "$(stat -c %s "$work/one.backup")" ]
}

never_overwrites() {
    before=$(sha256sum <"$work/one.backup")
    exits 1 "$program" backup "$work/one.backup" || return 1
    [ "$before" = "$(sha256sum <"$work/one.backup")" ]
}

holds_nothing_readable() {
    ! grep -a -i -q -e "$NAME" -e zonnebloem -e Beginschool -e 'De Linde' -e "school.example" "$work/one.backup"
}

# Commits go on meanwhile; every backup is of one moment.
is_consistent_while_others_write() {
    ( while [ ! -e "$work/enough" ]; do
        "$program" school rename --school "$school" --name "De Linde $(date +%N)" || exit 1
    done ) >"$work/writes" 2>&1 &
    writer=$!
    bad=0
    for n in 1 2 3 4 5; do
        "$program" backup "$work/live-$n" >"$work/said" 2>&1 || { cat "$work/said"; bad=1; }
    done
    : >"$work/enough"
    wait "$writer" || { cat "$work/writes"; bad=1; }
    rm -f "$work/enough"
    [ $bad -eq 0 ] || return 1
    restores_into sqlite "live$engine" "$work/live-5"
}

restores_into() { # restores_into ENGINE NAME FILE
    note_schema "$2"
    to=$(fresh_url "$1" "$2")
    "$program" restore "$3" --database "$to" || return 1
    "$program" check --database "$to" || return 1
    "$program" pupil list --school "$school" --database "$to" >"$work/$2.list" || return 1
    [ "$(grep -c "$NAME" "$work/$2.list")" -eq 3 ]
}

refuses_a_full_target() {
    exits 1 "$program" restore "$work/one.backup" || return 1
    "$program" check
}

leaves_no_folder_behind() {
    ! ls -d "$WEERKLANK_STATE"/restore-* 2>/dev/null
}

# Every hundredth byte or so, one at a time: a restore either notices, or has the same rows.
notices_damage() {
    size=$(stat -c %s "$work/one.backup")
    noticed=0
    tried=0
    at=150
    while [ "$at" -lt "$size" ]; do
        cp "$work/one.backup" "$work/damaged"
        old=$(od -An -tu1 -j "$at" -N 1 "$work/damaged" | tr -d ' ')
        # shellcheck disable=SC2059
        printf "\\$(printf %o $(((old + 1) % 256)))" |
            dd of="$work/damaged" bs=1 seek="$at" conv=notrunc 2>/dev/null
        rm -f "$work/damaged.sqlite"*
        tried=$((tried + 1))
        if "$program" restore "$work/damaged" --database "sqlite:$work/damaged.sqlite" >"$work/said" 2>&1; then
            "$program" check --database "sqlite:$work/damaged.sqlite" >"$work/said" 2>&1 ||
                { echo "byte $at"; cat "$work/said"; return 1; }
        else
            noticed=$((noticed + 1))
            [ ! -e "$work/damaged.sqlite" ] || { echo "byte $at: a target was left"; return 1; }
        fi
        at=$((at + 9973))
    done
    rm -f "$work/damaged"*
    echo "$noticed of $tried noticed"
    [ "$noticed" -gt 0 ]
}

# A byte of a sealed text, which no index and no page check looks at.
notices_damage_in_a_value() {
    cp "$work/one.backup" "$work/damaged"
    sqlite3 "$work/damaged" "UPDATE observation SET seen_on = '2026-01-01'" || return 1
    exits 1 "$program" restore "$work/damaged" --database "sqlite:$work/damaged.sqlite" >"$work/said" 2>&1 || return 1
    grep -q damaged "$work/said" && [ ! -e "$work/damaged.sqlite" ]
}

refuses_what_is_no_backup() {
    echo "not a database" >"$work/nonsense"
    exits 1 "$program" restore "$work/nonsense" --database "sqlite:$work/nonsense.sqlite" || return 1
    exits 1 "$program" restore "$work/absent" --database "sqlite:$work/nonsense.sqlite" || return 1
    exits 2 "$program" restore || return 1
    [ ! -e "$work/nonsense.sqlite" ] && leaves_no_folder_behind
}

says_when_the_keys_do_not_fit() {
    other="$work/other"
    printf 'een lange blauwe fiets\n' | "$program" init --state "$other" --database "sqlite:$work/other.sqlite" \
        --school Ander --name Ilse --email o@school.example >/dev/null 2>&1 || return 1
    exits 1 "$program" restore "$work/one.backup" --state "$other" --database "sqlite:$work/other2.sqlite" >"$work/said" 2>&1 ||
        return 1
    cat "$work/said"
    grep -q "present keys do not open" "$work/said"
}

# Killed at some moment of each of its tenths, there is no FILE, and the next one goes well.
killed_it_leaves_no_file() {
    for pause in 0.005 0.01 0.02 0.03 0.04 0.06 0.08 0.1; do
        rm -f "$work/killed"
        "$program" backup "$work/killed" >/dev/null 2>&1 &
        victim=$!
        sleep "$pause"
        kill -9 "$victim" 2>/dev/null
        wait "$victim" 2>/dev/null
        if [ -e "$work/killed" ]; then # it was quicker: then it is a whole one
            rm -f "$work/killed.sqlite"*
            "$program" restore "$work/killed" --database "sqlite:$work/killed.sqlite" >"$work/said" 2>&1 ||
                { cat "$work/said"; return 1; }
        fi
    done
    rm -f "$work/killed"
    "$program" backup "$work/killed" && [ ! -e "$work/killed.partial" ]
}

# No file may grow beyond 100 KiB: what a full disk looks like, without a disk.
full_disk_leaves_nothing() {
    (ulimit -f 200 && exits 1 "$program" backup "$work/full") >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
    cat "$work/said"
    [ ! -e "$work/full" ] && [ ! -e "$work/full.partial" ] && [ ! -e "$work/full.partial-wal" ]
}

refuses_a_newer_schema() {
    cp "$work/one.backup" "$work/newer"
    sqlite3 "$work/newer" "INSERT INTO schema_version SELECT 9999, 'later', sha256, applied_at FROM schema_version LIMIT 1" || return 1
    exits 1 "$program" restore "$work/newer" --database "sqlite:$work/newer.sqlite" >"$work/said" 2>&1 || return 1
    cat "$work/said"
    grep -q newer "$work/said"
}

wants_no_keys() {
    "$program" backup "$work/keyless" --state "$work/nowhere" --master-key "$work/nowhere/key"
}

all_of() { # all_of ENGINE
    engine=$1
    install_at "$1" "b$1" 3 || { echo "Bail out! no installation on $1"; exit 1; }
    rm -f "$work"/one.backup "$work"/live-* "$work"/killed "$work"/keyless
    check "a backup has mode 600 and only its own name ($1)" makes_a_backup
    check "it never overwrites ($1)" never_overwrites
    check "it holds no name and no text ($1)" holds_nothing_readable
    check "it is of one moment while others write ($1)" is_consistent_while_others_write
    check "it restores into SQLite ($1)" restores_into sqlite "r$1" "$work/one.backup"
    if has_server; then
        check "it restores into PostgreSQL ($1)" restores_into postgres "p$1" "$work/one.backup"
    else
        skip "it restores into PostgreSQL ($1)" "WEERKLANK_TEST_PG is not set"
    fi
    check "restore refuses a database with data ($1)" refuses_a_full_target
    check "restore leaves no folder behind ($1)" leaves_no_folder_behind
    check "killed, it leaves no file ($1)" killed_it_leaves_no_file
    check "on a full disk it leaves nothing ($1)" full_disk_leaves_nothing
    check "it wants no keys ($1)" wants_no_keys
}

plan 27
all_of sqlite
check "a changed byte is noticed, or harmless" notices_damage
check "a changed value is noticed" notices_damage_in_a_value
check "what is no backup is refused" refuses_what_is_no_backup
check "it is said when the keys do not fit" says_when_the_keys_do_not_fit
check "a backup of a newer program is refused" refuses_a_newer_schema
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5 6 7 8 9 10 11; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
