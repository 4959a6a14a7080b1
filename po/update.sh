#!/bin/sh
# Adds new texts to a catalogue and drops those the program no longer has. Sorted and without line
# numbers, so that two people who add texts seldom meet in a merge.
#   update.sh NL.po TEMPLATE.pot
new=$(mktemp) || exit 2
trap 'rm -f "$new"' EXIT
msgmerge --quiet --no-fuzzy-matching --no-location --sort-output --width=100 "$1" "$2" |
    msgattrib --no-obsolete --width=100 --output-file="$new" - || exit 2
grep -v '^"POT-Creation-Date:' "$new" >"$new.po" && cat "$new.po" >"$1"
rm -f "$new.po"
msgfmt --check --statistics --output-file=/dev/null "$1"
