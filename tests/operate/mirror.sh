#!/bin/sh
# Usage: mirror.sh PROGRAM
#
# The question mirror in a shell: lines in, verdicts out; how well it labels; what it refuses.
set -u
program=$1
# shellcheck source=../tap.sh
. "$(dirname -- "$0")/../tap.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/weerklank-mirror.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

lines() {
    printf 'Snap je het?\n\nWat doe je?\n' | "$program" mirror >"$work/out" || return 1
    [ "$(grep -c '^gesloten' "$work/out")" -eq 1 ] && [ "$(grep -c '^open' "$work/out")" -eq 1 ]
}

json() {
    printf 'Je moet beter opletten.\n' >"$work/turns"
    "$program" mirror --json "$work/turns" >"$work/out" || return 1
    python3 - "$work/out" <<'PY'
import json, sys
v = json.load(open(sys.argv[1]))
span = v['spans'][0]
assert v['label'] == 'oma' and v['certainty'] == 'hoog' and v['rule'] == 'M1', v
assert v['text'].encode()[span['at']:span['at'] + span['len']].decode() == span['text'], v
assert v['rewrites'] and v['explanation'] and v['harm'] is False, v
PY
}

# Whatever the lines are: JSON a reader can parse, one object for each that is not empty.
json_of_odd_lines() {
    {
        printf 'Snap je het?\r\n\r\n\n'
        printf '"\\{}[]\t\001<b>&amp; \xe2\x80\x9cja\xe2\x80\x9d \xf0\x9f\x98\x80\n'
        head -c 65000 /dev/zero | tr '\0' 'a'
        printf '\n'
        head -c 32000 /dev/zero | sed 's/\x00/? /g'
        printf '\nlaatste zonder einde'
    } >"$work/odd"
    "$program" mirror --json "$work/odd" >"$work/out" || return 1
    python3 - "$work/out" <<'PY' || return 1
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
assert len(rows) == 5, len(rows)
assert rows[0]['text'] == 'Snap je het?', rows[0]
for row in rows:
    text = row['text'].encode()
    for span in row['spans']:
        assert text[span['at']:span['at'] + span['len']].decode() == span['text']
PY
    : >"$work/empty"
    [ -z "$("$program" mirror --json "$work/empty")" ]
}

in_english() {
    echo 'Snap je het?' | "$program" mirror --language en | grep -q 'Yes or no is enough'
}

scores() {
    printf 'id\ttext\tlabel\talso\n1\tSnap je het?\tgesloten\t-\n2\tWat doe je?\tgesloten\topen\n' >"$work/tsv"
    "$program" mirror --score "$work/tsv" >"$work/out" || return 1
    grep -q '^accuracy  0.500$' "$work/out" && grep -q '^lenient   1.000$' "$work/out" &&
        grep -q '^gesloten  *2  *1.000  *0.500  *0.667$' "$work/out"
}

printf 'goed\n\377\n' >"$work/not-utf8"
printf 'a\tb\n1\t2\n' >"$work/no-columns"
printf 'goed\ngo\000ed\n' >"$work/nul"
head -c 65537 /dev/zero | tr '\0' a >"$work/long"
plan 11
check "a verdict per line" lines
check "as JSON, with the place of the words" json
check "as JSON, whatever is in the lines" json_of_odd_lines
check "explains in English too" in_english
check "scores a labelled file" scores
check_fails "says which line is not UTF-8" ':2: not UTF-8' "$program" mirror "$work/not-utf8"
check_fails "says which line has a NUL" ':2: not UTF-8' "$program" mirror "$work/nul"
check_fails "says which line is too long" ':1: longer than 64 KiB' "$program" mirror "$work/long"
check_fails "says which columns a labelled file needs" 'columns text, label and also' "$program" mirror --score "$work/no-columns"
check_fails "says which file is not there" 'nowhere: No such file' "$program" mirror "$work/nowhere"
check_fails "knows two languages" 'nl or en' "$program" mirror --language fr "$work/turns"
exit $tap_failed
