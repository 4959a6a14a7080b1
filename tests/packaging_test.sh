#!/bin/sh
# The files of packaging/: systemd and nginx accept them, and the unit stays as closed as it is.
set -u
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$source/tests/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for unit in weerklank.service weerklank-purge.service weerklank-purge.timer weerklank-mail.service weerklank-mail.timer; do
    sed 's,/usr/bin/weerklank,/bin/true,' "$source/packaging/$unit" >"$work/$unit"
done

systemd_accepts() {
    said=$(systemd-analyze verify "$work/weerklank.service" "$work/weerklank-purge.service" \
        "$work/weerklank-purge.timer" "$work/weerklank-mail.service" "$work/weerklank-mail.timer" 2>&1)
    echo "$said"
    ! echo "$said" | grep -q 'weerklank'
}

closed_enough() { # 0 is shut, 10 is open; 1.3 when this was written, nginx's unit has 9.2
    said=$(systemd-analyze security --offline=true --no-pager "$1")
    echo "$said" | grep -E '✗|Overall'
    echo "$said" | awk '/Overall exposure level/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9.]+$/) level = $i }
        END { exit !(level != "" && level <= 1.5) }'
}

an_open_unit_is_noticed() {
    sed '/^SystemCallFilter/d; /^CapabilityBoundingSet/d' "$work/weerklank.service" >"$work/open.service"
    ! closed_enough "$work/open.service"
}

nginx_accepts() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=x -keyout "$work/key" -out "$work/certificate" 2>/dev/null
    sed "s,/etc/letsencrypt/.*/fullchain.pem,$work/certificate,; s,/etc/letsencrypt/.*/privkey.pem,$work/key,
        s/listen \(.*\)443/listen \18443/; s/listen \(.*\)80;/listen \18080;/" "$source/packaging/nginx.conf" >"$work/site"
    printf 'events {}\npid %s/pid;\nerror_log %s/error.log;\nhttp { include %s/site; }\n' "$work" "$work" "$work" >"$work/nginx.conf"
    nginx -t -p "$work" -c "$work/nginx.conf"
}

# The user that both units run as must be the same one, or they share no folder.
same_user() {
    [ "$(sed -n 's/^User=//p' "$source/packaging/weerklank-purge.service")" = weerklank ]
}

plan 6
if command -v systemd-analyze >/dev/null 2>&1 && systemd-analyze security --help 2>&1 | grep -q offline; then
    check "systemd accepts the unit" systemd_accepts
    check "the unit is closed" closed_enough "$work/weerklank.service"
    check "so is that of the purge" closed_enough "$work/weerklank-purge.service"
    check "a unit that is not closed is noticed" an_open_unit_is_noticed
else
    for name in accepted closed "of the purge" noticed; do skip "systemd unit $name" "systemd-analyze is not installed"; done
fi
check "the units run as one user" same_user
if command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; then
    check "nginx accepts the proxy's configuration" nginx_accepts
else
    skip "nginx accepts the proxy's configuration" "nginx is not installed"
fi
exit $tap_failed
