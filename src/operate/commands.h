/*
 * commands: the subcommands, one constant each, listed by main.c. What `weerklank X --help` says
 * stands in the constant.
 */
#ifndef OPERATE_COMMANDS_H
#define OPERATE_COMMANDS_H

#include <stdbool.h>

#include "school/school.h"

struct cli;
struct command;

extern const struct command command_serve, command_init, command_migrate, command_version,
    command_demo;
extern const struct command command_import;
extern const struct command command_backup, command_restore, command_check, command_purge;
extern const struct command command_audit, command_keys, command_export;
extern const struct command command_mirror, command_sharpen;
extern const struct command command_school, command_staff, command_pupil;
extern const struct command command_methods, command_print;
extern const struct command command_mail;

/* Migrates the opened database; tells the reason when refused. Used by the commands that make one.
 */
int operate_migrate(struct cli *cli);

/* "po", "vo", "so". */
bool operate_school_kind(const char *word, enum school_kind *ret_kind);

#endif
