#!/bin/sh
# Fails when a text of the program has no translation, or one marked fuzzy, and names those texts.
#   complete.sh NL.po TEMPLATE.pot
catalogue=$1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

msgmerge --quiet --no-fuzzy-matching --no-wrap --output-file="$work/merged.po" "$catalogue" "$2" || exit 2
code=0

# report STATE: names the messages of found.po, if there are any besides the header.
report() {
    awk 'BEGIN { RS = "" } !/(^|\n)msgid ""\nmsgstr/' "$work/found.po" >"$work/messages"
    if [ -s "$work/messages" ]; then
        echo "$(basename "$catalogue"), $1 (ninja -C build update-po adds what is missing):"
        grep '^#:\|^msgid\|^"' "$work/messages" | sed 's/^/  /'
        code=1
    fi
}

for state in untranslated only-fuzzy; do
    msgattrib --$state --no-obsolete --no-wrap "$work/merged.po" >"$work/found.po" || exit 2
    report $state
done
# msgattrib calls a plural translated when its first form is.
msgattrib --translated --no-obsolete --no-wrap "$work/merged.po" >"$work/all.po" || exit 2
awk 'BEGIN { RS = ""; ORS = "\n\n" } /\nmsgstr\[[1-9]\] ""(\n[^"]|$)/' "$work/all.po" >"$work/found.po"
report 'half a plural'
exit $code
