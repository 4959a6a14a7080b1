#!/bin/sh
# Usage: print.sh PROGRAM SEED
#
# print: kinds of conversation on paper, blank and filled, and what is refused.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

text_of() { pdftotext -layout "$1" - | tr -s ' \n' ' '; }

every_shipped_method_prints() {
    for method in $("$program" methods list | cut -d' ' -f1); do
        "$program" print "$method" -o "$work/$method.pdf" || return 1
        pdfinfo "$work/$method.pdf" | grep -q '(A4)' || { echo "$method is no A4"; return 1; }
        pdffonts "$work/$method.pdf" | tail -n +3 | grep -v ' yes yes yes ' && { echo "$method: fonts"; return 1; }
    done
    [ -s "$work/k12.pdf" ]
}

in_another_language_for_another_age() {
    "$program" print k12 --language en -o "$work/en.pdf" || return 1
    text_of "$work/en.pdf" | grep -q 'Six questions' || return 1
    "$program" print k12 -o - >"$work/nl.pdf" || return 1
    text_of "$work/nl.pdf" | grep -q 'Zes vragen' || return 1
    "$program" print k12 --band 7-9 -o "$work/young.pdf" || return 1
    "$program" print k12 --band 8-12 -o "$work/older.pdf" || return 1
    ! cmp -s "$work/young.pdf" "$work/older.pdf"
}

a_preparation_prints() {
    "$program" print k12 --preparation -o "$work/before.pdf" || return 1
    ! cmp -s "$work/before.pdf" "$work/k12.pdf" || return 1
    exits 1 "$program" print praatje --preparation -o "$work/none.pdf" || return 1
    [ ! -e "$work/none.pdf" ]
}

what_is_wrong_is_refused() {
    exits 2 "$program" print || return 1
    exits 2 "$program" print k12 || return 1
    exits 2 "$program" print k12 k13 -o "$work/two.pdf" || return 1
    exits 2 "$program" print k12 --band 3-5 -o "$work/two.pdf" || return 1
    exits 2 "$program" print k12 --language fr -o "$work/two.pdf" || return 1
    exits 1 "$program" print dans -o "$work/two.pdf" || return 1
    exits 1 "$program" print k12 -o "$work/k12.pdf" || return 1 # never overwritten
    exits 1 "$program" print k12 -o "$work/no/such/folder.pdf" || return 1
    [ ! -e "$work/two.pdf" ]
}

a_conversation_prints_filled_and_is_noted() {
    talk=$("$seed" talk "$school" "$staff" "$pupil" 2>/dev/null) || { echo "seed makes no conversation"; return 1; }
    "$program" print --conversation "$talk" --school "$school" -o "$work/said-$1.pdf" || return 1
    text_of "$work/said-$1.pdf" | grep -q "$TEXT" || { text_of "$work/said-$1.pdf"; return 1; }
    text_of "$work/said-$1.pdf" | grep -q 'drie zonnebloemen zaaien' || { echo "no goal"; return 1; }
    [ "$(stat -c %a "$work/said-$1.pdf")" = 600 ] || return 1
    "$program" audit list --school "$school" --json | grep -q '"action":"conversation_printed"' || return 1
    exits 1 "$program" print k13 --conversation "$talk" --school "$school" -o "$work/x.pdf" || return 1
    exits 1 "$program" print --conversation 0000000000000 --school "$school" -o "$work/x.pdf" || return 1
    exits 1 "$program" print --conversation nonsense --school "$school" -o "$work/x.pdf" || return 1
    exits 1 "$program" print k12 --school 0000000000000 -o "$work/x.pdf" || return 1
    "$program" print k12 --school "$school" -o "$work/school-$1.pdf" || return 1
    text_of "$work/school-$1.pdf" | grep -q 'De Linde'
}

all_of() {
    install_at "$1" "p$1" 2 || { echo "Bail out! no installation on $1"; exit 1; }
    check "a conversation prints filled, and it is noted ($1)" a_conversation_prints_filled_and_is_noted "$1"
}

plan 6
check "every shipped method prints, without an installation" every_shipped_method_prints
check "in another language, for another age" in_another_language_for_another_age
check "a preparation prints" a_preparation_prints
check "what is wrong is refused" what_is_wrong_is_refused
all_of sqlite
if has_server; then
    all_of postgres
else
    skip "on PostgreSQL" "WEERKLANK_TEST_PG is not set"
fi
exit $tap_failed
