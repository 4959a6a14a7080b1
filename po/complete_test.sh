#!/bin/sh
# complete.sh itself: it must find what is missing, and only that. TAP on stdout.
#   complete_test.sh COMPLETE UPDATE
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
number=0

# catalogue MESSAGES: a header and these messages, in which \n is a new line.
catalogue() {
    cat <<'END'
msgid ""
msgstr ""
"Language: nl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

END
    printf '%b' "$1"
}

# expect EXIT_CODE PATTERN NAME: runs complete.sh; PATTERN must be in its output ("" = no output).
expect() {
    number=$((number + 1))
    said=$("$complete" nl.po all.pot 2>&1)
    code=$?
    if [ $code -eq "$1" ] && { [ -n "$2" ] && echo "$said" | grep -q "$2" || [ -z "$2$said" ]; }; then
        echo "ok $number - $3"
    else
        echo "not ok $number - $3 (exit code $code)"
        echo "$said" | sed 's/^/# /'
    fi
}

complete=$1
update=$2
catalogue 'msgid "day"\nmsgstr ""\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] ""\nmsgstr[1] ""\n' >all.pot
catalogue 'msgid "day"\nmsgstr "dag"\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "een"\nmsgstr[1] "veel"\n' >full.po

cp full.po nl.po
expect 0 '' 'a complete catalogue passes'
catalogue 'msgid "day"\nmsgstr "dag"\n' >nl.po
expect 1 'msgid "one"' 'a missing text is named'
catalogue 'msgid "day"\nmsgstr "dag"\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "een"\nmsgstr[1] ""\n' >nl.po
expect 1 'msgid "one"' 'half a plural is named'
sed 's/^msgid "day"/#, fuzzy\n&/' full.po >nl.po
expect 1 'only-fuzzy' 'a fuzzy text is named'
catalogue 'msgid "day"\nmsgstr "dag"\n\nmsgid "gone"\nmsgstr "weg"\n' >nl.po
"$update" nl.po all.pot 2>/dev/null
expect 1 'msgid "one"' 'update adds a text without inventing a translation'
number=$((number + 1))
if grep -q '"gone"' nl.po || ! grep -q '"dag"' nl.po; then
    printf 'not '
fi
echo "ok $number - update drops unused texts and keeps translations"
echo "1..$number"
