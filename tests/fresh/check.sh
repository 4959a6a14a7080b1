#!/bin/sh
# Usage: tests/fresh/check.sh bookworm|trixie [make test|make run|…]
#
# Proves that a checkout and `make` are enough: copies this tree into an empty Debian with git, make and
# ca-certificates, starts `make run`, asks for a page, starts it again (under a second), and runs
# `make test` there. Needs root and debootstrap. Takes the machine's own way to the network along
# (proxy, certificates, npm's registry), and leaves nothing behind but the unpacked Debian in
# /var/tmp/weerklank-fresh-<name>, for the next time.
set -eu
release=${1:?usage: $0 bookworm|trixie [COMMAND]}
command=${2:-}
source=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
base=/var/tmp/weerklank-fresh-$release
port=${FRESH_PORT:-8699}

if [ "${FRESH_INSIDE:-}" = "" ]; then
    [ "$(id -u)" -eq 0 ] || { echo "$0: only root can" >&2; exit 2; }
    if [ ! -e "$base/complete" ]; then
        echo "== an empty Debian $release"
        rm -rf "$base"
        debootstrap --variant=minbase --include=ca-certificates,git,make "$release" "$base" \
            "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"/var/tmp/weerklank-fresh-$release.log"
        touch "$base/complete"
    fi
    work=$(mktemp -d "/var/tmp/weerklank-fresh.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM HUP
    # In namespaces of its own: mounts and processes end with it, whatever happens.
    FRESH_INSIDE=$work unshare --mount --pid --fork --kill-child sh "$0" "$release" "$command"
    exit
fi

root=$FRESH_INSIDE/root
cp -a "$base" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"

# The way to the network, as this machine has it now; nothing of it is kept in the tree.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https)::(Proxy|Timeout)|^Acquire::Retries' \
    >"$root/etc/apt/apt.conf.d/90-network" || true
echo "deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian} $release main
deb ${DEBIAN_MIRROR:-http://deb.debian.org/debian}-security $release-security main" >"$root/etc/apt/sources.list"
registry=$(npm config get registry 2>/dev/null || true)

mkdir -p "$root/opt/weerklank"
(cd "$source" && git ls-files -z --cached --others --exclude-standard | tar -c --null -T - --ignore-failed-read) |
    tar -x --no-same-owner -C "$root/opt/weerklank"

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
        NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
        npm_config_cafile=/etc/ssl/certs/ca-certificates.crt ${registry:+npm_config_registry="$registry"} \
        WEERKLANK_PORT="$port" sh -c "cd /opt/weerklank && $1"
}

milliseconds() {
    date +%s%3N
}

# Starts `make run`, waits at most $1 seconds for a page, says how long it took, and stops it again.
run_once() {
    start=$(milliseconds)
    inside 'exec setsid make run' >"$FRESH_INSIDE/run.log" 2>&1 &
    pid=$!
    until curl -s -o /dev/null "http://127.0.0.1:$port/"; do
        if ! kill -0 $pid 2>/dev/null || [ $(($(milliseconds) - start)) -gt $(($1 * 1000)) ]; then
            cat "$FRESH_INSIDE/run.log"
            echo "FAILED: make run does not answer"
            return 1
        fi
        sleep 0.05
    done
    took=$(($(milliseconds) - start))
    chroot "$root" /bin/sh -c 'for p in /proc/[0-9]*; do case $(readlink $p/exe) in
        /opt/weerklank/build/weerklank) kill -TERM ${p#/proc/} ;; esac; done'
    wait $pid || true
}

if [ -n "$command" ]; then
    inside "$command"
    exit
fi
failed=0
if [ -f "$source/src/main.c" ]; then
    if run_once 900; then
        echo "== $release: make run answered after $took ms, packages and build included"
        tail -n 20 "$FRESH_INSIDE/run.log"
        run_once 20 && echo "== $release: the second make run answered after $took ms" || failed=1
        [ "${took:-0}" -le 1000 ] || { echo "FAILED: that is more than a second"; failed=1; }
    else
        failed=1
    fi
fi
inside 'make test' >"$FRESH_INSIDE/test.log" 2>&1 || failed=1
tail -n 40 "$FRESH_INSIDE/test.log"
echo "== $release: $(tail -n 1 "$FRESH_INSIDE/test.log")"
exit $failed
