#!/bin/sh
# tools/setup/install: asks for what is missing and nothing else; docs/dependencies.md and meson.build
# name the same libraries.
set -u
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$source/tests/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin"
cat >"$work/bin/apt-get" <<'EOF'
#!/bin/sh
echo "$*" >>"$WORK/asked"
[ "$1" = update ] && touch "$WORK/updated"
[ -e "$WORK/updated" ]
EOF
printf '#!/bin/sh\necho 0\n' >"$work/bin/id"
chmod +x "$work/bin/apt-get" "$work/bin/id"
cat >"$work/table" <<'EOF'
## build
| Package | Found by | Why |
|---|---|---|
| sh-package | cmd sh | is there |
| passwd-package | file /etc/passwd* | is there |
| absent-command | cmd weerklank-absent | a command that nobody has |
| absent-library | lib weerklank-absent | a library that nobody has |
| absent-file | file /nonexistent/*/x | a file that nobody has |
## test
| other-package | cmd weerklank-other | only for tests |
## broken
| odd-package | smell roses | no such way of finding |
EOF

install_section() {
    WORK=$work WEERKLANK_DEPENDENCIES=$work/table PATH=$work/bin:$PATH "$source/tools/setup/install" "$@"
}

without_apt() {
    mkdir -p "$work/few"
    for tool in sh awk cat dirname grep env; do ln -sf "$(command -v "$tool")" "$work/few/$tool"; done
    WEERKLANK_DEPENDENCIES=$work/table PATH=$work/few "$source/tools/setup/install" "$@"
}

says_why() {
    install_section build >"$work/said" && grep -q 'absent-command *a command that nobody has' "$work/said" &&
        ! grep -q -e sh-package -e passwd-package -e other-package "$work/said"
}

asked_once_updated_and_asked_again() {
    cat "$work/asked"
    [ "$(sed 's/.*--no-install-recommends //' "$work/asked")" = "absent-command absent-library absent-file
update -q
absent-command absent-library absent-file" ]
}

complete_machine_is_left_alone() {
    printf '## build\n| sh-package | cmd sh | is there |\n' >"$work/complete"
    rm -f "$work/asked"
    said=$(WORK=$work WEERKLANK_DEPENDENCIES=$work/complete PATH=$work/bin:$PATH \
        "$source/tools/setup/install" build) && [ -z "$said" ] && [ ! -e "$work/asked" ]
}

both_name_the_same_libraries() {
    find "$source" \( -name 'build*' -o -name node_modules \) -prune -o -name meson.build -exec cat {} + |
        grep -o "dependency('[^']*'" | cut -d "'" -f 2 | grep -v '^threads$' | sort -u >"$work/meson"
    sed -n 's/^| [^|]* | lib \([^ |]*\) |.*/\1/p' "$source/docs/dependencies.md" | sort >"$work/docs"
    [ -s "$work/meson" ] && diff "$work/meson" "$work/docs"
}

plan 8
check "says what is missing and why, and only that" says_why
check "installs that, with fresh lists when the first try fails" asked_once_updated_and_asked_again
check "leaves a complete machine alone" complete_machine_is_left_alone
check_fails "refuses a section that is not there" 'no packages under: nothing' install_section nothing
check_fails "refuses a way of finding that is none" 'smell roses' install_section broken
check_fails "explains itself without apt-get" 'no Debian machine' without_apt build
check_fails "says how it is used" 'usage' install_section
check "docs/dependencies.md and meson.build name the same libraries" both_name_the_same_libraries
exit $tap_failed
