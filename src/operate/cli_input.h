/*
 * cli_input: a file named on the command line, or "-" for what is typed or piped in, read whole.
 */
#ifndef OPERATE_CLI_INPUT_H
#define OPERATE_CLI_INPUT_H

#include "base/bytes.h"
#include "base/compiler.h"

struct cli;

#define CLI_INPUT_MAX ((size_t)64 * 1024 * 1024)

/* In the arena of the command, with a NUL behind it that does not count. Refuses with the reason:
 * it cannot be read, or is larger than CLI_INPUT_MAX. Returns an exit code. */
NODISCARD int cli_input_read(struct cli *cli, const char *file, struct bytes *ret_content);

#endif
