#!/bin/sh
# Proves that every rule of archcheck.sh can fail, and that an innocent tree passes all of them.
set -u
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$source/tests/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

innocent() { # a tree that does everything right, and says nothing wrong in comments and strings
    rm -rf "$work/tree"
    mkdir -p "$work/tree/src/base" "$work/tree/src/pupil" "$work/tree/src/db" "$work/tree/src/http" "$work/tree/tools"
    cd "$work/tree" || exit 2
    printf '#ifndef BASE_TEXT_H\n#define BASE_TEXT_H\n#endif\n' >src/base/text.h
    printf '#include <sqlite3.h>\nstatic const char *s = "SELECT 1 ";\n' >src/db/sqlite.c
    printf '#include <microhttpd.h>\n' >src/http/server.c
    printf '#ifndef PUPIL_PUPIL_H\n#define PUPIL_PUPIL_H\n#include "base/text.h"\n#endif\n' >src/pupil/pupil.h
    cat >src/pupil/pupil.c <<'EOF'
#include "pupil/pupil.h"

#include "gen/pupil_sql.h"
#include "group/group.h"
/* atoi(text) was here, and
   "SELECT * FROM pupil" too */
static const char *said = "never call strcpy(a, b)"; /* nor sprintf(x) */
int mine = my_rand() + self->rand(2);
EOF
    printf '#include "pupil/pupil.h"\n#include "gen/pupil_html.h"\n#include "web/page.h"\n' >src/pupil/pupil_web.c
    printf '#include "http/http.h"\nint t = exec("SELECT 1 ");\n' >src/pupil/pupil_test.c
}

# violation RULE FILE TEXT: with the text added to the file, that rule fails there, and no other does.
violation() {
    check "$1" planted "$@"
}

planted() {
    innocent
    mkdir -p "$(dirname "$2")"
    printf '%b\n' "$3" >>"$2"
    said=$(sh "$source/tests/archcheck.sh" "$work/tree")
    status=$?
    printf '%s\n' "$said"
    [ "$status" -ne 0 ] && [ "$(printf '%s\n' "$said" | grep '^not ok' | sed 's/not ok [0-9]* - //')" = "$1" ] &&
        printf '%s\n' "$said" | grep -q "^# $2"
}

innocent_passes() {
    innocent
    sh "$source/tests/archcheck.sh" "$work/tree"
}

layers="folders include only from the layers below them"
plan 30
check "an innocent tree passes" innocent_passes
violation "$layers" src/base/text.c '#include "base/text.h"\n#include "db/db.h"'
violation "$layers" src/pupil/pupil.c '#include "http/http.h"'
violation "$layers" src/pupil/pupil.c '#include "html/html.h"'
violation "$layers" src/pupil/pupil.c '#include "web/page.h"'
violation "$layers" src/pupil/pupil.c '#include "gen/pupil_html.h"'
violation "$layers" src/pupil/pupil.c '#include "pupil/pupil_web.h"'
violation "$layers" src/pupil/pupil.h '#include "group/group_web.h"'
violation "$layers" src/http/server.c '#include "db/db.h"'
violation "$layers" src/html/html.c '#include "http/http.h"'
violation "$layers" src/web/page.c '#include "pupil/pupil.h"'
violation "$layers" src/access/access.c '#include "pupil/pupil.h"'
violation "each library is known to one folder" src/web/page.c '#include <microhttpd.h>'
violation "each library is known to one folder" src/pupil/pupil.c '#include <sqlite3.h>'
violation "each library is known to one folder" src/http/server.c '# include <libpq-fe.h>'
violation "every source file includes its own header first" src/base/text.c '#include <stdio.h>\n#include "base/text.h"'
violation "no banned call" src/pupil/pupil.c 'int n = atoi(text);'
violation "no banned call" tools/tool.c '\tstrcpy (a, b);'
violation "no banned call" src/pupil/pupil.c '/* a comment */ f(system("ls"));'
violation "no SQL outside the .sql files and src/db" src/pupil/pupil.c 'run(db, "SELECT id FROM pupil");'
violation "no SQL outside the .sql files and src/db" src/web/page.c 'run(db,\n    " DELETE FROM pupil");'
violation "only templates write literal HTML" src/pupil/pupil_web.c 'html_literal(h, "<b>", 3);'
violation "no conditional compilation outside src/base and src/db" src/web/page.c '#ifdef NDEBUG\n#endif'
violation "nothing that is made is kept" src/pupil/pupil_sql.c 'int x;'
violation "nothing that is made is kept" tests/browser/key.key 'x'
violation "no file longer than 800 lines" src/web/page.c "$(yes 'int x;' | head -n 801 | tr '\n' '~' | sed 's/~/\\n/g')"
violation "nothing is left to do later" src/web/page.c "/* TO""DO: later */"
violation "nothing is left to do later" assets/style.css "/* FIX""ME */"
violation "no folder of somebody's machine" docs/guide.md "see /ho""me/someone/weerklank"
violation "no folder of somebody's machine" tests/run.sh "cd /wo""rk/main"
exit $tap_failed
