#include "operate/findings.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

#include "operate/cli.h"

#define LINE_SIZE 300

enum status findings_open(struct findings *findings)
{
    *findings = (struct findings){.problems = json_array(), .notices = json_array()};
    if (findings->problems && findings->notices)
        return OK;
    findings_close(findings);
    return ERR_NOMEM;
}

void findings_close(struct findings *findings)
{
    json_decref(findings->problems);
    json_decref(findings->notices);
    *findings = (struct findings){0};
}

static void add(json_t *list, size_t *count, const char *format, va_list args)
{
    char line[LINE_SIZE];
    (void)vsnprintf(line, sizeof line, format, args);
    (*count)++;
    if (*count <= FINDINGS_MAX)
        (void)json_array_append_new(list, json_string(line)); /* without memory it is counted */
}

void findings_problem(struct findings *findings, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(findings->problems, &findings->problem_count, format, args);
    va_end(args);
}

void findings_notice(struct findings *findings, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(findings->notices, &findings->notice_count, format, args);
    va_end(args);
}

static void print_lines(const char *word, const json_t *lines, size_t count)
{
    for (size_t i = 0; i < json_array_size(lines); i++)
        printf("%s: %s\n", word, json_string_value(json_array_get(lines, i)));
    if (count > json_array_size(lines))
        printf("%s: and %zu more\n", word, count - json_array_size(lines));
}

static void print_counts(json_t *counts)
{
    const char *name;
    json_t *value;
    json_object_foreach(counts, name, value)
        printf("%-22s %" JSON_INTEGER_FORMAT "\n", name, json_integer_value(value));
}

int findings_report(const struct cli *cli, const struct findings *findings, json_t *counts)
{
    int code = findings->problem_count ? CLI_REFUSED : CLI_DONE;
    if (cli->json) {
        json_t *root =
            json_pack("{s:b, s:I, s:O, s:O, s:o}", "ok", code == CLI_DONE, "problem_count",
                      (json_int_t)findings->problem_count, "problems", findings->problems,
                      "notices", findings->notices, "counts", counts);
        int printed = cli_print_json(cli, root);
        return code == CLI_DONE ? printed : code;
    }
    print_lines("problem", findings->problems, findings->problem_count);
    print_lines("notice", findings->notices, findings->notice_count);
    print_counts(counts);
    json_decref(counts);
    printf("%s\n", code == CLI_DONE ? "everything is in order" : "NOT in order");
    return code;
}
