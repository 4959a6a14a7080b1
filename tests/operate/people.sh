#!/bin/sh
# Usage: people.sh PROGRAM SEED
#
# school, staff, pupil, export, audit list: what an administrator of the machine does, its exit codes
# and its JSON.
set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

every_command_explains_itself() {
    for command in $("$program" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
        "$program" "$command" --help >"$work/said" 2>&1 || { echo "$command"; return 1; }
        grep -q "^weerklank $command" "$work/said" || { cat "$work/said"; return 1; }
        grep -q -e '--state DIR' "$work/said" || { cat "$work/said"; return 1; }
        exits 2 "$program" "$command" --no-such-option || return 1
    done
    exits 2 "$program" pupil || return 1
    exits 2 "$program" pupil dance || return 1
    exits 2 "$program" keys || return 1
    exits 2 "$program" nonsense
}

a_school_more() {
    id=$("$program" school add --name "Het Anker" --kind vo --brin 11ZZ) || return 1
    "$program" school list --json | grep -q "\"id\":\"$id\",\"name\":\"Het Anker\",\"brin\":\"11ZZ\",\"kind\":\"vo\"" || return 1
    "$program" school rename --school "$id" --name "De Steven" || return 1
    "$program" school list | grep -q "$id  vo  11ZZ  De Steven" || return 1
    exits 1 "$program" school rename --school "$id" --name "" || return 1
    exits 1 "$program" school add --name X --brin abc || return 1
    exits 2 "$program" school add || return 1
    exits 1 "$program" pupil list # three schools: which one?
}

a_way_in_when_nobody_can() {
    id=$("$program" school list | sed -n 's/ .*De Steven//p')
    who=$("$program" staff add --school "$id" --name Tom --family Jacobs --email tom@steven.example) || return 1
    "$program" staff function --school "$id" "$who" administrator || return 1
    exits 1 "$program" staff function --school "$id" "$who" teacher || return 1
    exits 2 "$program" staff function --school "$id" "$who" king || return 1
    link=$("$program" staff invite --school "$id" "$who" 2>/dev/null) || return 1
    echo "$link" | grep -q '^/uitnodiging?code=[A-Za-z0-9_-]\{43\}$' || { echo "$link"; return 1; }
    "$program" staff list --school "$id" | grep -q "Tom Jacobs  <tom@steven.example>  administrator$" || return 1
    "$program" staff invite --school "$id" "$who" --reset-factor --json 2>/dev/null | grep -q '"path":"/uitnodiging' || return 1
    "$program" staff function --school "$id" "$who" administrator --take || return 1
    first=$("$program" school list | sed -n 's/ .*Beginschool//p')
    last=$("$program" staff list --school "$first" | cut -d' ' -f1)
    exits 1 "$program" staff function --school "$first" "$last" administrator --take || return 1
    "$program" staff disable --school "$id" "$who" || return 1
    exits 1 "$program" staff disable --school "$id" 0000000000000 || return 1
    "$program" audit list --school "$id" --json >"$work/said" || return 1
    grep -q '"action":"account_disabled"' "$work/said" && grep -q '"action":"school_made"' "$work/said"
}

leaving_and_coming_back() {
    "$program" pupil leave --school "$school" "$pupil" --on 2026-07-17 || return 1
    "$program" pupil list --school "$school" --left --json | grep -q "\"id\":\"$pupil\".*\"keep_until\":\"2028-07-17\"" || return 1
    exits 1 "$program" pupil leave --school "$school" "$pupil" --on 2999-01-01 || return 1
    exits 1 "$program" pupil leave --school "$school" "$pupil" --on yesterday || return 1
    "$program" pupil return --school "$school" "$pupil" || return 1
    "$program" pupil list --school "$school" | grep -q "$pupil"
}

an_access_request() {
    "$program" pupil export --school "$school" "$pupil" >"$work/dossier" || return 1
    python3 - "$work/dossier" "$pupil" <<'EOF' || return 1
import json, sys
found = json.load(open(sys.argv[1]))
d = found["dossier"]
assert found["format"] == "weerklank-dossier" and found["version"] == 1
assert found["school"]["name"] == "De Linde"
assert d["pupil"]["id"] == sys.argv[2] and d["pupil"]["name"]["family"] == "Zonnebloem"
assert d["guardians"][0]["name"]["call"].startswith("Ouder") and "email" not in d["guardians"][0]
o = d["observations"]
assert len(o) == 1 and o[0]["text"].endswith("bloeit") and len(o[0]["versions"]) == 2
assert o[0]["by"]["name"] == "Marit Zonnebloem"
assert any(line["action"] == "exported" for line in d["log"])
assert json.dumps(found).count("vertelde") == 3, "a working note is in it"
EOF
    "$program" audit list --school "$school" --pupil "$pupil" | head -n 1 | grep -q exported || return 1
    # The same with a PDF to read, in one file that is never written over.
    rm -f "$work/dossier.zip"
    "$program" pupil export --school "$school" "$pupil" --zip "$work/dossier.zip" || return 1
    exits 1 "$program" pupil export --school "$school" "$pupil" --zip "$work/dossier.zip" || return 1
    python3 - "$work/dossier.zip" <<'EOF'
import json, sys, zipfile
found = zipfile.ZipFile(sys.argv[1])
assert found.testzip() is None
assert found.namelist() == ["dossier.json", "dossier.pdf"]
assert json.loads(found.read("dossier.json"))["dossier"]["pupil"]["name"]["family"] == "Zonnebloem"
assert found.read("dossier.pdf").startswith(b"%PDF-1.4")
EOF
}

a_whole_school() {
    rm -f "$work/school.json" "$work/again.json"
    "$program" export --school "$school" "$work/school.json" || return 1
    exits 1 "$program" export --school "$school" "$work/school.json" || return 1
    [ "$(stat -c %a "$work/school.json")" = 600 ] && [ ! -e "$work/school.json.partial" ] || return 1
    "$program" export --school "$school" - >"$work/again.json" 2>/dev/null || return 1
    python3 - "$work/school.json" "$work/again.json" <<'EOF'
import json, sys
found, again = (json.load(open(name)) for name in sys.argv[1:])
assert found["format"] == "weerklank-school" and found["school"]["board"] == "Bestuur"
assert len(found["pupils"]) == 3 and len(found["staff"]) == 1
assert all(len(p["observations"]) == 1 for p in found["pupils"])
assert "reason" in found["pupils"][0]["guardians"][0]
text = json.dumps(found)
assert text.count("vertelde") == 9, "working notes are in it"
assert "password" not in text and "totp" not in text
assert [p["pupil"] for p in found["pupils"]] == [p["pupil"] for p in again["pupils"]]
EOF
}

a_full_disk_leaves_no_export() {
    exits 1 "$program" export --school "$school" /dev/full/x || return 1
    "$program" export --school "$school" - >/dev/full 2>"$work/said" && return 1
    cat "$work/said"
    grep -q 'writing stopped' "$work/said"
}

an_older_database_is_refused() {
    sql "UPDATE schema_version SET number = number + 100" || return 1
    exits 1 "$program" pupil list --school "$school" >"$work/said" 2>&1
    told=$?
    sql "UPDATE schema_version SET number = number - 100" || return 1
    cat "$work/said"
    [ $told -eq 0 ] && grep -q newer "$work/said"
}

all_of() {
    install_at "$1" "q$1" 3 || { echo "Bail out! no installation on $1"; exit 1; }
    check "another school ($1)" a_school_more
    check "a way in when nobody can sign in ($1)" a_way_in_when_nobody_can
    check "leaving and coming back ($1)" leaving_and_coming_back
    check "an access request ($1)" an_access_request
    check "a whole school ($1)" a_whole_school
    check "a full disk leaves no export ($1)" a_full_disk_leaves_no_export
    check "a database of another schema is refused ($1)" an_older_database_is_refused
    check "all is in order afterwards ($1)" "$program" check
}

plan 17
check "every command explains itself and knows wrong words" every_command_explains_itself
all_of sqlite
if has_server; then
    all_of postgres
else
    for n in 1 2 3 4 5 6 7 8; do skip "on PostgreSQL, $n" "WEERKLANK_TEST_PG is not set"; done
fi
exit $tap_failed
