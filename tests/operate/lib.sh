# Sourced by the tests of this folder with the program and seed as arguments: an installation in a
# folder of its own, and each test once per engine.
# shellcheck shell=sh
program=$1
seed=$2
# shellcheck source=../tap.sh
. "$(dirname -- "$0")/../tap.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/weerklank-operate.XXXXXX") || exit 1
running=

# Tests run in subshells: what one of them started and did not stop is known by this file only.
kill_running() {
    if [ -s "$work/running" ]; then
        kill -9 "$(cat "$work/running")" 2>/dev/null
        rm -f "$work/running"
    fi
}

cleanup() {
    trap '' INT TERM
    kill_running
    [ -z "$running" ] || kill -9 "$running" 2>/dev/null
    rm -rf "$work"
    has_server || return 0
    for schema in ${pg_schemas:-}; do
        psql -q "$WEERKLANK_TEST_PG" -c "DROP SCHEMA IF EXISTS $schema CASCADE" >/dev/null 2>&1
    done
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# Words that are only ever written sealed.
NAME=Zonnebloem
TEXT='vertelde dat de zonnebloem groeit'

has_server() {
    [ -n "${WEERKLANK_TEST_PG:-}" ] && command -v psql >/dev/null 2>&1
}

# A database URL of its own on an engine. pg_schemas collects what has to be dropped.
fresh_url() { # fresh_url ENGINE NAME
    if [ "$1" = sqlite ]; then
        echo "sqlite:$work/$2.sqlite"
    else
        schema="op_$$_$2"
        psql -q "$WEERKLANK_TEST_PG" -c "CREATE SCHEMA $schema" >&2
        echo "$WEERKLANK_TEST_PG&options=-csearch_path%3D$schema"
    fi
}
note_schema() { # note_schema NAME: by hand, because fresh_url runs in a subshell
    pg_schemas="${pg_schemas:-} op_$$_$1"
}

# The installation in $WEERKLANK_STATE and $WEERKLANK_DATABASE, with a seeded school.
install_at() { # install_at ENGINE NAME PUPILS
    export WEERKLANK_STATE="$work/$2"
    note_schema "$2"
    WEERKLANK_DATABASE=$(fresh_url "$1" "$2")
    export WEERKLANK_DATABASE
    printf 'een lange blauwe fiets\n' |
        "$program" init --school Beginschool --name Ilse --email "$2@school.example" >/dev/null 2>&1 || return 1
    "$seed" "$3" "De Linde" >"$work/$2.ids" 2>/dev/null || return 1
    school=$(sed -n 's/^school //p' "$work/$2.ids")
    staff=$(sed -n 's/^staff //p' "$work/$2.ids")
    pupil=$(sed -n '/^pupil /{s///p;q;}' "$work/$2.ids")
    export school staff pupil
}

# A statement on the present database, past the program: what a thief or a fault does.
sql() {
    case $WEERKLANK_DATABASE in
    sqlite:*) sqlite3 "${WEERKLANK_DATABASE#sqlite:}" "$1" ;;
    *) psql -qAt -v ON_ERROR_STOP=1 "$(echo "$WEERKLANK_DATABASE" | sed 's/&options=.*//')" \
        -c "SET search_path TO op_$$_$(basename "$WEERKLANK_STATE"); $1" ;;
    esac
}

# field NAME: a member of the JSON object on stdin.
field() {
    sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"
}

# exits CODE COMMAND…: passes when the command answers with that exit code.
exits() {
    wanted=$1
    shift
    "$@"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit code $got instead of $wanted: $*"; return 1; }
}
