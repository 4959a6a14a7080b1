# Reads logs of blocks: "test: NAME", "result: exit status N" and the output of the test, in any order.
# Meson's testlog.txt has that form, and so have the logs that tests/run writes. Counts TAP test points;
# a test without any counts as one, by its exit status, unless it is of a suite that speaks TAP. Lists what failed and closes with the sum.

function finish() {
    if (name == "") return
    clean = result == "exit status 0"
    if (result == "exit status 77" || whole_skipped) skipped++
    else if (points == 0 && clean && name ~ /:(unit|fuzz) \/ /) fail("it tests nothing")
    else if (points == 0 && plan < 0) clean ? passed++ : fail("") # not a TAP test
    else {
        if (!clean && !block_failed) fail("")
        else if (points != plan && !block_failed) fail("planned " plan " and ran " points)
    }
    name = ""
}

function fail(what) {
    failed++
    block_failed = 1
    list = list "FAILED  " name (what == "" ? ": " result : ": " what) "\n"
}

/^test: / {
    finish()
    name = $0
    sub(/^test: */, "", name)
    result = "no result"
    plan = -1
    points = block_failed = whole_skipped = 0
    next
}
/^result: / { sub(/^result: */, ""); result = $0; next }
/^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; if (plan == 0) whole_skipped = 1; next }
/^(not )?ok.*# *[Ss][Kk][Ii][Pp]/ { points++; skipped++; next }
/^ok( |$)/ { points++; passed++; next }
/^not ok( |$)/ { points++; what = $0; sub(/^not ok *[0-9]* *-? */, "", what); fail(what); next }

END {
    finish()
    if (passed + failed + skipped == 0) { failed = 1; list = "FAILED  no test ran\n" }
    printf "%s%d passed, %d failed%s\n", list, passed, failed, skipped ? ", " skipped " skipped" : ""
    exit failed > 0
}
