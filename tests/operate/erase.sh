#!/bin/sh
# Usage: erase.sh PROGRAM SEED
#
# What is erased comes back from no backup; everything else does. Steps are printed as comments.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

step() {
    echo "# $*"
}

no_cleartext() { # no_cleartext FILE…
    for file in "$@"; do
        [ -e "$file" ] || continue
        if grep -a -i -q -e "$NAME" -e zonnebloem -e "De Linde" -e "@school.example" "$file"; then
            echo "readable in $file"
            return 1
        fi
    done
}

# Of a conversation with the three of them: who of these still has words of their own, and the group's.
circle_answers() {
    sql "SELECT COUNT(*) FROM answer WHERE conversation = (SELECT MAX(id) FROM conversation WHERE teaching_group IS NOT NULL)"
}

a_circle_is_held() {
    # shellcheck disable=SC2046 # ids have no spaces
    circle=$("$seed" circle "$school" "$staff" $(sed -n 's/^pupil //p' "$work/e$engine.ids") 2>/dev/null)
    echo "circle $circle"
    [ -n "$circle" ] && echo "$circle" >"$work/circle" && [ "$(circle_answers)" -eq 4 ] || return 1
    "$program" pupil export --school "$school" "$pupil" >"$work/dossier" || return 1
    grep -q "$TEXT in de kring" "$work/dossier" && ! grep -q "met ons allemaal" "$work/dossier"
}

# Every page of the conversation that is left opens, and what the erased pupil said is not among it.
the_circle_goes_on() { # the_circle_goes_on [--database URL]
    rm -f "$work/circle.pdf"
    "$program" print k18 --school "$school" --conversation "$(cat "$work/circle")" -o "$work/circle.pdf" "$@"
}

refuses_without_yes() {
    exits 1 "$program" pupil erase --school "$school" "$pupil" || return 1
    exits 2 "$program" pupil erase --school "$school" --yes || return 1
    exits 1 "$program" pupil erase --school "$school" 0000000000000 --yes || return 1
    "$program" pupil list --school "$school" >"$work/list" || return 1
    [ "$(wc -l <"$work/list")" -eq 3 ]
}

the_pupil_is_gone() {
    "$program" pupil erase --school "$school" "$pupil" --yes || return 1
    "$program" pupil list --school "$school" >"$work/list" || return 1
    if [ "$(wc -l <"$work/list")" -ne 2 ] || grep -q "$pupil" "$work/list"; then cat "$work/list"; return 1; fi
    exits 1 "$program" pupil export --school "$school" "$pupil" || return 1
    [ "$(circle_answers)" -eq 3 ] || { echo "not three answers left of the circle"; return 1; }
    the_circle_goes_on || return 1
    "$program" check
}

# The older backup, in which all three pupils stand, beside the present keyring.
the_older_backup_does_not_bring_it_back() {
    note_schema "again$engine"
    to=$(fresh_url "$engine" "again$engine")
    "$program" restore "$work/before.backup" --database "$to" --json >"$work/said" 2>/dev/null || { cat "$work/said"; return 1; }
    cat "$work/said"
    # The pupil's profile, text and two versions, the guardian's profile, and in the circle an answer and its version;
    # of the conversation what it is for, an answer and a goal with their versions, and a file; and how the pupil was heard about
    # the OPP, with its version.
    grep -q '"values_erased":15,' "$work/said" && grep -q '"dossiers_erased_again":[12]' "$work/said" || return 1
    "$program" pupil list --school "$school" --database "$to" >"$work/list" || return 1
    if [ "$(grep -c "$NAME" "$work/list")" -ne 2 ] || grep -q "$pupil" "$work/list"; then cat "$work/list"; return 1; fi
    # shellcheck disable=SC2013 # ids have no spaces
    for other in $(cut -d' ' -f1 "$work/list"); do
        "$program" pupil export --school "$school" "$other" --database "$to" >"$work/dossier" || return 1
        grep -q "$TEXT" "$work/dossier" || { echo "a text of another pupil is gone"; return 1; }
        grep -q "$TEXT in de kring" "$work/dossier" || { echo "what another said in the circle is gone"; return 1; }
    done
    the_circle_goes_on --database "$to" || return 1
    exits 1 "$program" pupil export --school "$school" "$pupil" --database "$to" || return 1
    "$program" check --database "$to"
}

# The same, by hand: who puts the rows back past the program reads nothing either.
a_copied_database_does_not_either() {
    cp "$work/before.backup" "$work/by-hand.sqlite"
    chmod 600 "$work/by-hand.sqlite"
    sqlite3 "$work/by-hand.sqlite" "DELETE FROM backup_digest"
    "$program" check --database "sqlite:$work/by-hand.sqlite" --json >"$work/said" 2>/dev/null
    cat "$work/said"
    grep -q '"values_erased":15,' "$work/said" || return 1
    the_circle_goes_on --database "sqlite:$work/by-hand.sqlite" || return 1
    exits 1 "$program" pupil export --school "$school" "$pupil" --database "sqlite:$work/by-hand.sqlite" ||
        return 1
    "$program" purge --database "sqlite:$work/by-hand.sqlite" --json >"$work/said" || return 1
    grep -q '"erased_again":[12]' "$work/said"
}

nothing_is_readable_in_the_files() {
    no_cleartext "$work/before.backup" "$WEERKLANK_STATE"/* "$work"/*.sqlite "$work"/*.sqlite-wal
}

# Killed at any moment: afterwards the pupil is there whole, or erased and finished.
killed_it_is_whole_or_erased() {
    for pause in 0.005 0.01 0.02 0.03 0.04 0.05; do
        victim_pupil=$("$seed" 1 "Kort" 2>/dev/null | tee "$work/kort" | sed -n 's/^pupil //p')
        kort=$(sed -n 's/^school //p' "$work/kort")
        "$program" pupil erase --school "$kort" "$victim_pupil" --yes >/dev/null 2>&1 &
        victim=$!
        sleep "$pause"
        kill -9 "$victim" 2>/dev/null
        wait "$victim" 2>/dev/null
        "$program" purge >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
        "$program" check >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
        grep -q 'erasures wait' "$work/said" && { cat "$work/said"; return 1; }
        if "$program" pupil export --school "$kort" "$victim_pupil" >"$work/dossier" 2>/dev/null; then
            grep -q "$TEXT" "$work/dossier" || { echo "half a dossier"; return 1; }
        fi
    done
}

# Two years after the last day, and not a day before.
purge_keeps_the_retention() {
    other=$("$program" pupil list --school "$school" | head -n 1 | cut -d' ' -f1)
    "$program" pupil leave --school "$school" "$other" --on 2026-07-17 --clock 2026-09-22T10:00 || return 1
    "$program" pupil list --school "$school" --left | grep -q "$other .*kept until 2028-07-17" || return 1
    "$program" purge --clock 2028-07-17T10:00 --json >"$work/said" || return 1
    grep -q '"pupils":0' "$work/said" || { cat "$work/said"; return 1; }
    "$program" purge --clock 2028-07-18T10:00 --dry-run --json >"$work/said" || return 1
    grep '"pupils":1' "$work/said" | grep -q "$other" || { cat "$work/said"; return 1; }
    "$program" pupil list --school "$school" --left | grep -q "$other" || return 1
    "$program" purge --clock 2028-07-18T10:00 --json >"$work/said" || return 1
    cat "$work/said"
    grep -q '"pupils":1,"guardians":0' "$work/said" && grep -q "$other" "$work/said" || return 1
    ! "$program" pupil list --school "$school" --left | grep -q "$other" || return 1
    "$program" check
}

removes_old_copies() {
    [ "$engine" = sqlite ] || return 0
    file=${WEERKLANK_DATABASE#sqlite:}
    : >"$file.before-2"
    : >"$file.before-3"
    mkdir "$WEERKLANK_STATE/restore-abcdef"
    : >"$WEERKLANK_STATE/restore-abcdef/backup.sqlite"
    touch -d '40 days ago' "$file.before-2" "$WEERKLANK_STATE/restore-abcdef"
    "$program" purge || return 1
    [ ! -e "$file.before-2" ] && [ -e "$file.before-3" ] && [ ! -e "$WEERKLANK_STATE/restore-abcdef" ] || return 1
    rm "$file.before-3"
}

all_of() {
    engine=$1
    install_at "$1" "e$1" 3 || { echo "Bail out! no installation on $1"; exit 1; }
    rm -f "$work/before.backup" "$work"/by-hand*
    check "a conversation with the three of them is held ($1)" a_circle_is_held
    "$seed" dossier "$school" "$staff" "$pupil" >/dev/null || { echo "Bail out! no conversation on $1"; exit 1; }
    check "erasing wants a pupil and --yes ($1)" refuses_without_yes
    step "$1: a backup with three pupils is made: before.backup"
    "$program" backup "$work/before.backup" >/dev/null 2>&1
    step "pupil $pupil is erased in the database, then the slot in the keyring"
    check "the pupil is gone, all else opens ($1)" the_pupil_is_gone
    step "before.backup is restored into a new database, with the present keyring"
    check "the older backup does not bring it back, and all others ($1)" the_older_backup_does_not_bring_it_back
    check "nor does a database copied by hand ($1)" a_copied_database_does_not_either
    step "backup, keyring and database files are searched for $NAME and the texts"
    check "nothing is readable in the files ($1)" nothing_is_readable_in_the_files
    check "killed while erasing, it is whole or erased ($1)" killed_it_is_whole_or_erased
    check "purge keeps to the day ($1)" purge_keeps_the_retention
    check "purge removes old copies ($1)" removes_old_copies
}

plan 18
all_of sqlite
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5 6 7 8 9; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
