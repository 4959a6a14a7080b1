/*
 * seed: a school with pupils in an existing installation, for the shell tests of this folder.
 * Prints "school ID", "staff ID" and a line "pupil ID" for each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>

#include "base/str.h"
#include "operate/cli.h"
#include "operate/testing.h"

static int fill(struct cli *cli)
{
    struct house house = {0};
    int64_t pupils = 0;
    if (cli->word_count != 2 || str_to_int64(cli->words[0], &pupils) != OK || pupils < 0 ||
        pupils > HOUSE_PUPILS_MAX)
        return cli_usage(cli, "wants PUPILS NAME");
    struct house_draft draft = {(size_t)pupils, cli->words[1]};
    enum status st = house_fill(cli, &draft, &house);
    if (st != OK)
        return cli_refuse(cli, "%s", status_name(st));
    printf("school %s\nstaff %s\n", id_text(house.school.v).s, id_text(house.teacher.v).s);
    for (size_t i = 0; i < house.pupil_count; i++)
        printf("pupil %s\n", id_text(house.pupils[i].v).s);
    return CLI_DONE;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli_open(&cli, false);
    if (code == CLI_DONE)
        code = fill(&cli);
    cli_close(&cli);
    return code;
}

static const struct command seed = {
    .name = "seed", .usage = "PUPILS NAME", .summary = "Fills a database for tests.", .run = run};

int main(int argc, char **argv)
{
    return sodium_init() < 0 ? CLI_REFUSED : run(&seed, argc - 1, argv + 1);
}
