#!/bin/sh
# Every case in reject/ must be refused with exactly the expected message. TAP on stdout.
#   reject.sh ASSETC REJECT_DIR
assetc=$(readlink -f "$1")
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
number=0
for case in "$2"/*/; do
    number=$((number + 1))
    cd "$case" || exit 1
    if [ -d src ]; then
        "$assetc" --uses src assets 2>"$out/said"
    else
        "$assetc" --header "$out/a.h" --source "$out/a.c" assets 2>"$out/said"
    fi
    code=$?
    if [ "$code" -eq 1 ] && diff -u expected "$out/said" >"$out/diff"; then
        echo "ok $number - $(basename "$case")"
    else
        echo "not ok $number - $(basename "$case"), exit code $code"
        sed 's/^/# /' "$out/diff"
    fi
done
echo "1..$number"
[ "$number" -gt 0 ]
