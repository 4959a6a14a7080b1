/*
 * weerklank: one program for a school that talks with its pupils. `serve` is the application; the
 * other subcommands administer it. This file only knows their names.
 */
#include <sodium.h>

#include "base/str.h"
#include "db/db.h"
#include "operate/cli.h"
#include "operate/commands.h"

static const struct command *const commands[] = {
    &command_serve,   &command_init,   &command_demo,    &command_migrate, &command_import,
    &command_school,  &command_staff,  &command_pupil,   &command_methods, &command_print,
    &command_export,  &command_backup, &command_restore, &command_check,   &command_audit,
    &command_keys,    &command_purge,  &command_mail,    &command_mirror,  &command_sharpen,
    &command_version,
};

static int print_commands(FILE *to, int code)
{
    fprintf(to, "Usage: weerklank COMMAND [options]   (weerklank COMMAND --help)\n\n");
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(to, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    return code;
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fprintf(stderr, "weerklank: no source of randomness\n");
        return CLI_REFUSED;
    }
    db_process_begin();
    if (argc < 2)
        return print_commands(stderr, CLI_USAGE);
    if (str_equal(argv[1], "--help") || str_equal(argv[1], "help"))
        return print_commands(stdout, CLI_DONE);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (str_equal(commands[i]->name, argv[1]))
            return commands[i]->run(commands[i], argc - 2, argv + 2);
    fprintf(stderr, "weerklank: no such command: %s\n", argv[1]);
    return print_commands(stderr, CLI_USAGE);
}
