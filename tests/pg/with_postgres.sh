#!/bin/sh
# Usage: with_postgres.sh COMMAND…
#
# Runs the command with WEERKLANK_TEST_PG set to the URL of a PostgreSQL of its own: fresh, on a unix
# socket in a private folder (no port, no network), without fsync, and gone afterwards. Its user may
# create databases, so that tests that run side by side can have one each. Works as root and as anybody.
set -eu
[ $# -gt 0 ] || { echo "usage: $0 COMMAND..." >&2; exit 2; }

programs=
for found in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t / -k 5 -n); do
    [ -x "$found/initdb" ] && programs=$found
done
[ -n "$programs" ] || { echo "$0: no PostgreSQL in /usr/lib/postgresql" >&2; exit 3; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/weerklank-pg.XXXXXX") # short: a socket's path has 107 bytes
as_server() {
    (cd "$folder" && "$@")
}
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$folder"
    as_server() {
        (cd "$folder" && runuser -u "$owner" -- "$@")
    }
fi

stop() {
    trap '' INT TERM HUP
    if [ -f "$folder/data/postmaster.pid" ]; then
        as_server "$programs/pg_ctl" -D data -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

as_server "$programs/initdb" -D data -U weerklank -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 3
}
cat >"$folder/settings" <<EOF
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
max_locks_per_transaction = 256
max_pred_locks_per_transaction = 512
EOF
as_server sh -c 'cat settings >>data/postgresql.conf'
as_server "$programs/pg_ctl" -D data -l server.log -w -t 60 start >"$folder/log" 2>&1 || {
    cat "$folder/log" "$folder/server.log" >&2
    exit 3
}
as_server "$programs/createdb" -h "$folder" -U weerklank weerklank

status=0
WEERKLANK_TEST_PG="postgresql:///weerklank?host=$folder&user=weerklank" "$@" || status=$?
exit $status
