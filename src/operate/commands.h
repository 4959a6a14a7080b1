/*
 * commands: the subcommands, one constant each, listed by main.c. What `weerklank X --help` says
 * stands in the constant.
 */
#ifndef OPERATE_COMMANDS_H
#define OPERATE_COMMANDS_H

struct cli;
struct command;

extern const struct command command_serve, command_init, command_migrate, command_version,
    command_demo;

/* Migrates the opened database; tells the reason when refused. Used by the commands that make one. */
int operate_migrate(struct cli *cli);

#endif
