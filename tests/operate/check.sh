#!/bin/sh
# Usage: check.sh PROGRAM SEED
#
# check and audit verify: what somebody changed past the program is told, with its place.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

# Changes with SQL, expects a finding that matches, and changes back.
finds() { # finds PATTERN SQL SQL-BACK
    sql "$2" || return 1
    exits 1 "$program" check >"$work/said" 2>&1
    found=$?
    sql "$3" || return 1
    cat "$work/said"
    [ $found -eq 0 ] && grep -q -e "^problem: .*$1" "$work/said" || return 1
    "$program" check >"$work/said" 2>&1 || { echo "after changing it back:"; cat "$work/said"; return 1; }
}

audit_finds() { # the same for audit verify, which names the row
    sql "$2" || return 1
    exits 1 "$program" audit verify >"$work/said" 2>&1
    found=$?
    exits 1 "$program" check >"$work/said2" 2>&1 || found=1
    sql "$3" || return 1
    cat "$work/said"
    [ $found -eq 0 ] && grep -q -e "$1" "$work/said" && grep -q '^problem: audit log' "$work/said2" || return 1
    "$program" audit verify
}

json_is_one_object() {
    "$program" check --json >"$work/said" 2>/dev/null || return 1
    python3 - "$work/said" <<'EOF'
import json, sys
found = json.load(open(sys.argv[1]))
assert found["ok"] is True and found["problems"] == [], found
assert found["counts"]["values_opened"] > 10, found
EOF
}

tells_of_an_old_keyring() {
    cp "$WEERKLANK_STATE/keyring" "$work/old-keyring"
    "$program" pupil erase --school "$school" "$pupil" --yes || return 1
    "$program" check >/dev/null || return 1
    cp "$WEERKLANK_STATE/keyring" "$work/new-keyring"
    cp "$work/old-keyring" "$WEERKLANK_STATE/keyring"
    exits 1 "$program" check >"$work/said" || return 1
    cat "$work/said"
    grep -q 'keyring is an older copy' "$work/said" || return 1
    "$program" purge --json | grep -q '"keyring_was_older":true' || return 1
    "$program" check
}

tells_of_a_spool() {
    head -c 64 /dev/zero >"$WEERKLANK_STATE/audit-00000000000000aa-0.spool"
    "$program" check >"$work/said" || return 1
    rm -f "$WEERKLANK_STATE"/audit-*.spool
    grep -q '^notice: 1 files with readings' "$work/said"
}

# A whole older log, with the head that fits it: only who kept a head outside sees it.
tells_of_an_older_log() {
    "$program" audit head >"$work/heads" || return 1
    grep -q "^$school [1-9][0-9]* [0-9a-f]\{64\} 20" "$work/heads" || { cat "$work/heads"; return 1; }
    "$program" audit head --json | grep -q "\"school\":\"$school\"" || return 1
    sql "CREATE TABLE old_log AS SELECT * FROM audit; CREATE TABLE old_head AS SELECT * FROM audit_head" || return 1
    "$program" pupil leave --school "$school" "$pupil" || return 1
    "$program" pupil return --school "$school" "$pupil" || return 1
    "$program" audit verify --since "$work/heads" || return 1
    { echo '# kept on another machine'; echo; "$program" audit head; } >>"$work/heads" || return 1
    "$program" audit verify --since "$work/heads" || return 1
    sql "DELETE FROM audit_head; DELETE FROM audit; INSERT INTO audit SELECT * FROM old_log;
         INSERT INTO audit_head SELECT * FROM old_head; DROP TABLE old_log; DROP TABLE old_head" || return 1
    "$program" audit verify || return 1 # by itself it holds
    exits 1 "$program" audit verify --since "$work/heads" >"$work/said" || return 1
    cat "$work/said"
    grep -q "^school $school: row [0-9]* is not the one of 20.*: an older or another log" "$work/said" || return 1
    exits 1 "$program" audit verify --since "$work/heads" --json | grep -q '"holds":false' || return 1
    head -n 2 "$work/heads" >"$work/first" # what was kept before still fits
    "$program" audit verify --since "$work/first" || return 1
    sed 's/^\([^ ]* [0-9]* \)...../\100000/' "$work/first" >"$work/forged"
    exits 1 "$program" audit verify --since "$work/forged" >/dev/null || return 1
    echo "0123456789abc 3 $(sed -n '1s/^[^ ]* [0-9]* //p' "$work/first")" >"$work/gone"
    exits 1 "$program" audit verify --since "$work/gone" >/dev/null 2>"$work/said" || return 1
    grep -q 'is not here' "$work/said" || return 1
    for line in "x" "$school" "$school 3" "$school 3 abc now" "$school 0 $(sed -n '1s/^[^ ]* [0-9]* //p' "$work/first")"; do
        echo "$line" >"$work/odd"
        exits 1 "$program" audit verify --since "$work/odd" 2>"$work/said" || return 1
        grep -q 'line 1 of' "$work/said" || return 1
    done
    exits 1 "$program" audit verify --since "$work/nothing" 2>/dev/null
}

quick_finds_a_school_without_keys() {
    sql "UPDATE school SET key_wrapped = (SELECT MAX(d.key_wrapped) FROM dossier d)" 2>/dev/null || return 1
    exits 1 "$program" check --quick >"$work/said" 2>&1 || return 1
    grep -q 'its key does not open' "$work/said"
}

a_damaged_page() {
    file=${WEERKLANK_DATABASE#sqlite:}
    sqlite3 "$file" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    cp "$file" "$work/sound"
    page=$(sqlite3 "$file" "SELECT rootpage FROM sqlite_schema WHERE name = 'audit_by_pupil'")
    printf '\377\377\377\377\377\377' | dd of="$file" bs=1 seek=$(((page - 1) * 4096 + 3)) conv=notrunc 2>/dev/null
    exits 1 "$program" check >"$work/said" 2>&1
    found=$?
    rm -f "$file" "$file-wal" "$file-shm"
    cp "$work/sound" "$file"
    cat "$work/said"
    [ $found -eq 0 ] && grep -q '^problem: the database is damaged' "$work/said" && "$program" check
}

a_broken_key() {
    sqlite3 "${WEERKLANK_DATABASE#sqlite:}" "PRAGMA foreign_keys = OFF;
        INSERT INTO pupil_group (school, pupil, teaching_group, from_on) VALUES (1, 2, 3, '2026-01-01')" || return 1
    exits 1 "$program" check >"$work/said" 2>&1
    found=$?
    sqlite3 "${WEERKLANK_DATABASE#sqlite:}" "DELETE FROM pupil_group WHERE school = 1"
    cat "$work/said"
    [ $found -eq 0 ] && grep -q '^problem: the database is damaged' "$work/said"
}

all_of() {
    install_at "$1" "c$1" 3 || { echo "Bail out! no installation on $1"; exit 1; }
    check "everything is in order ($1)" "$program" check
    check "json is one object ($1)" json_is_one_object
    check "a sealed value of elsewhere ($1)" finds 'observation.body of school .* does not open' \
        "CREATE TABLE kept AS SELECT id, body_sealed FROM observation;
         UPDATE observation SET body_sealed = (SELECT v.body_sealed FROM observation_version v WHERE v.version = 1 LIMIT 1)" \
        "UPDATE observation SET body_sealed = (SELECT k.body_sealed FROM kept k WHERE k.id = observation.id);
         DROP TABLE kept"
    check "a value of a dossier without a key ($1)" finds 'was erased, or is missing, and the value still stands' \
        "CREATE TABLE kept AS SELECT id, key_wrapped FROM dossier;
         UPDATE dossier SET key_wrapped = NULL WHERE kind = 1" \
        "UPDATE dossier SET key_wrapped = (SELECT k.key_wrapped FROM kept k WHERE k.id = dossier.id); DROP TABLE kept"
    check "an audit row that says something else ($1)" audit_finds 'row 2 does not fit' \
        "UPDATE audit SET actor_kind = actor_kind + 1 WHERE seq = 2" \
        "UPDATE audit SET actor_kind = actor_kind - 1 WHERE seq = 2"
    check "audit rows cut off the end ($1)" audit_finds 'does not fit' \
        "CREATE TABLE kept AS SELECT * FROM audit WHERE seq >= 3; DELETE FROM audit WHERE seq >= 3" \
        "INSERT INTO audit SELECT * FROM kept; DROP TABLE kept"
    check "an audit row taken out ($1)" audit_finds 'row 3 does not fit' \
        "CREATE TABLE kept AS SELECT * FROM audit WHERE seq = 3; DELETE FROM audit WHERE seq = 3" \
        "INSERT INTO audit SELECT * FROM kept; DROP TABLE kept"
    check "an older log in place of the present one ($1)" tells_of_an_older_log
    check "readings that a crash left ($1)" tells_of_a_spool
    check "an older copy of the keyring ($1)" tells_of_an_old_keyring
}

plan 23
all_of sqlite
check "a damaged page" a_damaged_page
check "a row that points nowhere" a_broken_key
check "a school without its key, at a quick look" quick_finds_a_school_without_keys
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5 6 7 8 9 10; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
