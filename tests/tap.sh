# Sourced by the shell tests: prints TAP. First `plan N`, then N times `check`, `check_fails` or `skip`.
# shellcheck shell=sh
tap_number=0
tap_failed=0

plan() {
    echo "1..$1"
}

# check NAME COMMAND…: passes when the command does. What it printed is shown only when it failed.
check() {
    tap_name=$1
    shift
    tap_number=$((tap_number + 1))
    if tap_output=$("$@" 2>&1); then
        echo "ok $tap_number - $tap_name"
    else
        echo "not ok $tap_number - $tap_name"
        printf '%s\n' "$tap_output" | sed 's/^/# /'
        tap_failed=1
    fi
}

# check_fails NAME PATTERN COMMAND…: passes when the command fails and says something that matches.
check_fails() {
    tap_name=$1
    tap_pattern=$2
    shift 2
    check "$tap_name" fails_saying "$tap_pattern" "$@"
}

fails_saying() {
    pattern=$1
    shift
    if said=$("$@" 2>&1); then
        echo "it succeeded: $*"
        printf '%s\n' "$said"
        return 1
    fi
    printf '%s\n' "$said"
    printf '%s\n' "$said" | grep -q -e "$pattern" || { echo "which does not match: $pattern"; return 1; }
}

skip() {
    tap_number=$((tap_number + 1))
    echo "ok $tap_number - $1 # SKIP $2"
}
