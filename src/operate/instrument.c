#include "operate/instrument.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "operate/cli.h"
#include "operate/cli_input.h"

int instrument_lacks_columns(const struct instrument_run *run, const char *file)
{
    return cli_refuse(run->cli, "%s: the first line must name the columns %s", file,
                      run->instrument->columns);
}

int instrument_bad_row(const struct instrument_run *run, const char *file, size_t row,
                       enum status status)
{
    return cli_refuse(run->cli, "%s: row %zu: %s", file, row + 1, cli_reason(status));
}

static int one_line(const struct instrument_run *run, const char *file, size_t number,
                    const char *start, size_t len)
{
    const struct instrument *instrument = run->instrument;
    json_t *json = NULL;
    arena_reset(run->arena);
    const char *line = arena_strndup(run->arena, start, len);
    enum status st = !line ? ERR_NOMEM
                     : memchr(start, 0, len)
                         ? ERR_INVALID
                         : instrument->line(run, line, len, run->cli->json ? &json : NULL);
    if (st != OK)
        return cli_refuse(run->cli, "%s:%zu: %s", file, number,
                          st == ERR_LIMIT     ? instrument->too_long
                          : st == ERR_INVALID ? "not UTF-8"
                                              : cli_reason(st));
    return json ? cli_print_json(run->cli, json) : CLI_DONE;
}

/* Empty lines are passed over; a line may end in CR LF. */
static int each_line(const struct instrument_run *run, const char *file, struct bytes content)
{
    const char *at = (const char *)content.data, *end = at + content.len;
    int code = CLI_DONE;
    for (size_t number = 1; code == CLI_DONE && at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at);
        size_t shown = len && at[len - 1] == '\r' ? len - 1 : len;
        if (shown)
            code = one_line(run, file, number, at, shown);
        at += len + 1;
    }
    return code;
}

static int read_and_run(const struct instrument *instrument, struct cli *cli, const struct tr *tr)
{
    const char *scored = cli_value(cli, "--score");
    const char *file = scored ? scored : cli->word_count ? cli->words[0] : "-";
    struct bytes content;
    int code = cli_input_read(cli, file, &content);
    if (code != CLI_DONE)
        return code;
    struct instrument_run run = {instrument, cli, tr, arena_new(instrument->arena_size)};
    if (!run.arena)
        return cli_refuse(cli, "%s", cli_reason(ERR_NOMEM));
    code = scored ? instrument->score(&run, file, content) : each_line(&run, file, content);
    arena_free(run.arena);
    return code;
}

int instrument_run(const struct instrument *instrument, const struct command *command, int argc,
                   char **argv)
{
    struct cli cli;
    int code;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    const char *language = cli_value(&cli, "--language");
    struct tr *tr[LANG_COUNT];
    if (cli.word_count > 1)
        code = cli_usage(&cli, "one file at a time");
    else if (language && !str_equal(language, "nl") && !str_equal(language, "en"))
        code = cli_usage(&cli, "the language is nl or en");
    else if (tr_load_all(tr) != OK)
        code = cli_refuse(&cli, "the translations are broken");
    else {
        bool english = language && str_equal(language, "en");
        code = read_and_run(instrument, &cli, tr[english ? LANG_EN : LANG_NL]);
        tr_free_all(tr);
    }
    cli_close(&cli);
    return code;
}
