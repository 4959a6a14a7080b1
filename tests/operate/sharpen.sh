#!/bin/sh
# Usage: sharpen.sh PROGRAM SEED
#
# weerklank sharpen: remarks in, kinds, questions and proposals out; and how well it labels a file.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"
own=$(dirname -- "$0")/../language/goals_own.tsv

sharpen() { # sharpen TEXT [options]
    text=$1
    shift
    printf '%s\n' "$text" | "$program" sharpen "$@"
}

a_remark_gets_its_questions() {
    sharpen 'heeft moeite met rekenen' >"$work/said" || return 1
    grep -q '^vak	hoog	head-subject	heeft moeite met rekenen$' "$work/said" || return 1
    grep -q '? Welke bewerking of welk onderdeel precies?' "$work/said" || return 1
    sharpen 'heeft moeite met rekenen' --language en | grep -q '? Which operation or which part exactly?'
}

a_goal_gets_its_tips() {
    sharpen 'Leest elke dag een kwartier hardop.' >"$work/said" || return 1
    grep -q '\* Zeg wanneer: over zes weken' "$work/said" || return 1
    if grep -q '\* Zeg wanneer het goed genoeg is' "$work/said"; then return 1; fi
    grep -q '→ … leest de leerling … elke dag een kwartier hardop\.$' "$work/said"
}

lines_become_json() {
    printf 'is dyslectisch\n\nOver zes weken schrijft Sam in zijn schrift tien woorden.\n' >"$work/lines"
    "$program" sharpen --json "$work/lines" >"$work/said" || return 1
    [ "$(wc -l <"$work/said")" -eq 2 ] || return 1
    head -1 "$work/said" | grep -q '"label":"label","form":"uitspraak"' || return 1
    head -1 "$work/said" | grep -q '"at":3,"len":11,"what":"label","text":"dyslectisch"' || return 1
    tail -1 "$work/said" | grep -q '"label":"smart"' || return 1
    tail -1 "$work/said" | grep -q '"flags":{"verb":true,"criterion":true,"context":true,"time":true}'
}

a_file_is_scored() {
    "$program" sharpen --score "$own" >"$work/said" || return 1
    awk '/^accuracy/ && $2 >= 0.85 { good++ } /^macro-F1/ && $2 >= 0.83 { good++ }
         /^precision of smart/ && $4 >= 0.95 { good++ } /^(verb|criterion|context|time) / && $2 >= 0.90 { good++ }
         END { exit good != 7 }' "$work/said" || { cat "$work/said"; return 1; }
    printf 'text\tlabel\nis lui\teigenschap\n' >"$work/short"
    exits 1 "$program" sharpen --score "$work/short"
}

what_cannot_be_read_is_refused() {
    printf 'goed\n\377\n' >"$work/bad"
    exits 1 "$program" sharpen "$work/bad" 2>"$work/said" || return 1
    grep -q 'bad:2: not UTF-8' "$work/said" || return 1
    head -c 5000 /dev/zero | tr '\0' a >"$work/long"
    exits 1 "$program" sharpen "$work/long" || return 1
    exits 1 "$program" sharpen "$work/absent" || return 1
    exits 2 "$program" sharpen "$work/bad" "$work/long" || return 1
    exits 2 "$program" sharpen --language fr
}

plan 5
check "a remark gets the questions of its kind" a_remark_gets_its_questions
check "a goal gets a tip for each part it misses" a_goal_gets_its_tips
check "lines become JSON" lines_become_json
check "a labelled file is scored" a_file_is_scored
check "what cannot be read is refused with the reason" what_cannot_be_read_is_refused
exit $tap_failed
