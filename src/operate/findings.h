/*
 * findings: what a check found, as lines to print or as JSON. A problem makes a command answer
 * with exit code 1; a notice is worth a look. Lines hold ids and table names, never content.
 */
#ifndef OPERATE_FINDINGS_H
#define OPERATE_FINDINGS_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/status.h"

struct cli;
struct json_t;

#define FINDINGS_MAX 1000 /* lines kept; what comes after is counted */

struct findings {
    struct json_t *problems, *notices; /* arrays of strings */
    size_t problem_count, notice_count;
};

NODISCARD enum status findings_open(struct findings *findings);
void findings_close(struct findings *findings);

void findings_problem(struct findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
void findings_notice(struct findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * The end of a command that checked: prints all, `counts` (an object, taken over) among it, as text
 * or JSON. CLI_REFUSED when there is a problem.
 */
NODISCARD int findings_report(const struct cli *cli, const struct findings *findings,
                              struct json_t *counts);

#endif
