#!/bin/sh
# Usage: methods.sh PROGRAM SEED
#
# methods list, check, export, import: files without an installation, and a school's own ones in it.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

files() {
    unset WEERKLANK_STATE WEERKLANK_DATABASE
    "$program" methods list | grep -q '^k12  .*  shipped  Zes vragen$' || return 1
    "$program" methods list --json | grep -q '{"method":"k12","version":[0-9]*,"origin":"shipped"' || return 1
    "$program" methods export k12 -o "$work/k12.yaml" || return 1
    "$program" methods export k12 | cmp - "$work/k12.yaml" || return 1
    exits 1 "$program" methods export k12 -o "$work/k12.yaml" || return 1 # it is there already
    exits 1 "$program" methods export nothing || return 1
    "$program" methods check "$work/k12.yaml" | grep -q 'k12.yaml: k12 version' || return 1
    printf 'method: x\nversion: 0\n' >"$work/bad.yaml"
    exits 1 "$program" methods check "$work/k12.yaml" "$work/bad.yaml" 2>"$work/said" || return 1
    grep -q "^$work/bad.yaml:2: This should be a whole number" "$work/said" || { cat "$work/said"; return 1; }
    grep -q "^$work/bad.yaml:1: \"title\" is missing here.$" "$work/said" || { cat "$work/said"; return 1; }
    "$program" methods check --json "$work/bad.yaml" >"$work/said"
    grep -q '"ok":false,"problems":\[{"line":1,"message":' "$work/said" || { cat "$work/said"; return 1; }
    exits 1 "$program" methods check "$work/absent.yaml" || return 1
    exits 2 "$program" methods check || return 1
    exits 2 "$program" methods
}

# Somebody works on it in the browser: that is not thrown away unasked.
a_draft_stands() {
    sql "UPDATE method_version SET state = 1 WHERE method_key = 'eigen-k12' AND version = 2" || return 1
    exits 1 "$program" methods import "$work/own.yaml" --school "$school" 2>"$work/said" || return 1
    grep -q "eigen-k12 has a draft" "$work/said" || { cat "$work/said"; return 1; }
    [ "$(sql "SELECT COUNT(*) FROM method_version WHERE method_key = 'eigen-k12' AND state = 1")" = 1 ] || return 1
    "$program" methods import "$work/own.yaml" --school "$school" --replace | grep -q '^eigen-k12 version 2$' || return 1
    [ "$(sql "SELECT COUNT(*) FROM method_version WHERE method_key = 'eigen-k12' AND state = 1")" = 0 ]
}

into_a_school() {
    "$program" methods export k12 >"$work/own.yaml" || return 1
    "$program" methods import "$work/own.yaml" --school "$school" | grep -q '^eigen-k12 version 1$' || return 1
    "$program" methods import "$work/own.yaml" --school "$school" --json | grep -q '{"method":"eigen-k12","version":2}' || return 1
    "$program" methods list --school "$school" | grep -q '^eigen-k12  *2  own' || return 1
    "$program" methods export eigen-k12 --school "$school" >"$work/back.yaml" || return 1
    grep -q '^method: eigen-k12$' "$work/back.yaml" || return 1
    "$program" methods check "$work/back.yaml" >/dev/null || return 1
    exits 1 "$program" methods import "$work/bad.yaml" --school "$school" 2>"$work/said" || return 1
    grep -q "bad.yaml:2: " "$work/said" || return 1
    exits 1 "$program" methods import "$work/own.yaml" --school 0000000000000 || return 1
    exits 2 "$program" methods import || return 1
    a_draft_stands || return 1
    "$program" check >/dev/null || return 1
    "$program" audit list --school "$school" --json | grep -q '"action":"method_published"'
}

on() { # on ENGINE
    install_at "$1" "methods_$1" 1 || { echo "Bail out! no installation on $1"; exit 1; }
    check "into a school and out again ($1)" into_a_school
}

plan 3
check "files need no installation" files
on sqlite
if has_server; then
    on postgres
else
    skip "into a school, on PostgreSQL" "WEERKLANK_TEST_PG is not set"
fi
exit $tap_failed
