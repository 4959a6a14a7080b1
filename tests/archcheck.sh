#!/bin/sh
# Usage: archcheck.sh [ROOT]
#
# What ARCHITECTURE.md decides and a compiler cannot see, as TAP: one test point per rule, with
# file:line of every violation. tests/archcheck_test.sh proves that each rule can fail.
set -u
root=${1:-$(dirname -- "$0")/..}
cd "$root" || exit 2
export LC_ALL=C

# Which folders of src/ a file may include from. Low to high; a folder may always include from itself.
#   subject      the rules of a subject: src/<subject>/ for every folder that has no line of its own
#   page         where rules and pages meet: src/<subject>/*_web.[ch]
#   person and access are one layer (who somebody is, and what they may); signin hands out web's sessions
#   gen/x_sql.h  counts as folder "sql", gen/x_html.h as "pages", other generated headers as "gen"
#   answer       kinds of answer draw themselves, on screen and on paper (answer/kind.h)
#   *            everything; tests (*_test.c) may include what they like
layers='
base     gen
db       base gen
vault    base db sql
i18n     base gen
http     base
html     base i18n
print    base i18n gen
person   base db vault i18n access sql
access   base db vault i18n person sql
subject  base db vault i18n person access sql gen subject signin answer
answer   base db vault http html i18n person access print sql pages gen subject
signin   base db vault i18n person access sql gen subject signin
web      base db vault http html i18n person access sql pages gen
operate  base db vault http html i18n print person access web sql gen subject signin page answer
demo     base db vault i18n person access sql gen subject signin operate answer
page     *
main     *
'
# header                the only folder that includes it
libraries='
microhttpd.h           src/http
sqlite3.h              src/db tools
libpq-fe.h             src/db
seccomp.h              src/operate
expat.h                src/roster src/exchange src/print
pango/pango.h          src/print
pango/pangocairo.h     src/print
cairo.h                src/print
jpeglib.h              src/print
webp/decode.h          src/print
curl/curl.h            src/operate src/signin src/exchange
yaml.h                 src/method
'

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
if git rev-parse --show-toplevel >/dev/null 2>&1 && [ "$(git rev-parse --show-prefix)" = "" ]; then
    git ls-files --cached --others --exclude-standard
else
    find . \( -name .git -o -name node_modules -o -path './build*' -o -path ./var \) -prune -o -type f -print |
        sed 's,^\./,,'
fi | while read -r file; do [ -f "$file" ] && echo "$file"; done | sort >"$work/files"

files() { # files PATTERN: those whose path matches the extended regular expression
    grep -E -e "$1" "$work/files" || true
}

# Code without comments, and without what stands in strings unless -v strings=1; as file:line:code.
code() {
    files "$1" | xargs -r awk -v strings="${2:-0}" '
        FNR == 1 { in_comment = 0 }
        {
            line = $0
            if (in_comment) {
                if (!(end = index(line, "*/"))) next
                line = substr(line, end + 2)
                in_comment = 0
            }
            if (!strings && line !~ /^ *# *include/) gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
            while ((start = index(line, "/*")) && (strings != 1 || line !~ /"[^"]*\/\*[^"]*"/)) {
                rest = substr(line, start + 2)
                if (end = index(rest, "*/")) line = substr(line, 1, start - 1) substr(rest, end + 2)
                else { line = substr(line, 1, start - 1); in_comment = 1; break }
            }
            sub(/\/\/.*/, "", line)
            if (line ~ /[^ \t]/) print FILENAME ":" FNR ": " line
        }'
}

number=0
failed=0
rule() { # rule NAME VIOLATIONS: the second is a function that prints them
    number=$((number + 1))
    "$2" >"$work/found"
    if [ -s "$work/found" ]; then
        failed=1
        echo "not ok $number - $1"
        sed 's/^/# /;40q' "$work/found"
    else
        echo "ok $number - $1"
    fi
}

layer_violations() {
    code '^src/.*\.[ch]$' | grep -E '^[^:]*:[0-9]*: *# *include "' | awk -v layers="$layers" '
        BEGIN {
            n = split(layers, line, "\n")
            for (i = 1; i <= n; i++) {
                m = split(line[i], word, " ")
                for (j = 2; j <= m; j++) may[word[1], word[j]] = 1
                if (m) known[word[1]] = 1
            }
        }
        {
            split($1, at, ":")
            parts = split(at[1], path, "/")
            if (at[1] ~ /_(test|fixture)\.[ch]$/) next
            own = parts > 2 ? path[2] : "main"
            kind = at[1] ~ /_web\.[ch]$/ ? "page" : own in known ? own : "subject"
            split($0, quoted, "\"")
            target = quoted[2]
            split(target, to, "/")
            if (to[1] == own && to[1] != "gen") {
                # Rules do not reach up to the pages of their own folder either.
                if (kind == "subject" && target ~ /_web\.h$/) print $1, kind, "may not include", target
                next
            }
            folder = to[1]
            if (folder == "gen") folder = target ~ /_sql\.h$/ ? "sql" : target ~ /_html\.h$/ ? "pages" : "gen"
            else if (target ~ /_web\.h$/) folder = "page"
            else if (!(folder in known)) folder = "subject"
            if (!((kind, folder) in may) && !((kind, "*") in may))
                print $1, kind, "may not include", target
        }'
}

library_violations() {
    code '^(src|tools)/.*\.[ch]$' | grep -E '^[^:]*:[0-9]*: *# *include <' | awk -v libraries="$libraries" '
        BEGIN {
            n = split(libraries, line, "\n")
            for (i = 1; i <= n; i++) if (m = split(line[i], word, " "))
                for (j = 2; j <= m; j++) { only[word[1]] = only[word[1]] " " word[j] }
        }
        {
            split($0, angled, /[<>]/)
            if (!(angled[2] in only)) next
            n = split(only[angled[2]], folder, " ")
            for (i = 1; i <= n; i++) if (index($1, folder[i] "/") == 1) next
            print $1, "only" only[angled[2]], "include(s) <" angled[2] ">"
        }'
}

own_header_violations() {
    files '^src/.*\.c$' | while read -r source; do
        header=${source%.c}.h
        [ -f "$header" ] || continue
        first=$(grep -n -m 1 -E '^# *include' "$source")
        [ "${first#*\"}" = "${header#src/}\"" ] || echo "$source:${first%%:*}: include \"${header#src/}\" first"
    done
}

banned='strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|gmtime|localtime|ctime|atoi|atol|rand|srand'
banned="$banned|alloca|gets|system|popen|mktemp|tmpnam|setjmp|longjmp"
unfinished="TO""DO|FIX""ME|XX""X|HA""CK"
# Folders of somebody's machine. A letter in brackets keeps this line from finding itself.
private='/hom[e]/[a-z0-9_-]+/|/User[s]/[A-Za-z]+/|/roo[t]/|/wor[k]/(wt|main|shared)|/workspac[e]/'

# libjpeg tells what is wrong by a jump and by nothing else; that file alone catches it.
banned_calls() {
    code '^(src|tools)/.*\.[ch]$' | grep -v '^src/base/banned\.h:' |
        grep -vE '^src/print/photo_file\.c:.*(setjmp|longjmp) *\(' |
        grep -E "[^A-Za-z0-9_.>]($banned) *\("
}

sql_texts() {
    code '^src/.*\.[ch]$' 1 | grep -v -E '^src/db/|_test\.c:' |
        grep -E '" *(SELECT|INSERT +INTO|UPDATE|DELETE +FROM|CREATE|ALTER|DROP|PRAGMA|VACUUM|WITH) '
}

html_literals() {
    code '^src/.*\.[ch]$' | grep -v -E '^src/html/|_test\.c:' | grep -E 'html_literal *\('
}

conditional_code() {
    code '^src/.*\.[ch]$' | grep -v -E '^src/(base|db)/|_test\.c:' |
        grep -E '^[^:]*:[0-9]*: *# *(if|ifdef|ifndef|elif) ' | grep -v -E '# *ifndef [A-Z0-9_]+_H$'
}

made_files() {
    files '(^|/)(build|build-[a-z]+|node_modules|var|__pycache__)/'
    files '_(sql|html)\.[ch]$|^src/gen/.*\.[ch]$|\.(o|a|so|mo|pyc|sqlite|key)$'
}

long_files() {
    files '^(src|tools)/.*\.(c|h|sql|html)$' | grep -v '^tools/tests/' | xargs -r wc -l |
        awk '$2 != "total" && $1 > 800 { print $2 ": " $1 " lines" }'
}

unfinished_work() {
    files '^(src|tools|methods|assets)/.*\.(c|h|sql|html|css|js|mjs|sh|yaml|build|md)$' |
        xargs -r grep -n -w -E "$unfinished" /dev/null
}

private_paths() {
    files . | xargs -r grep -n -I -E "$private" /dev/null
}

echo 1..11
rule "folders include only from the layers below them" layer_violations
rule "each library is known to one folder" library_violations
rule "every source file includes its own header first" own_header_violations
rule "no banned call" banned_calls
rule "no SQL outside the .sql files and src/db" sql_texts
rule "only templates write literal HTML" html_literals
rule "no conditional compilation outside src/base and src/db" conditional_code
rule "nothing that is made is kept" made_files
rule "no file longer than 800 lines" long_files
rule "nothing is left to do later" unfinished_work
rule "no folder of somebody's machine" private_paths
exit $failed
