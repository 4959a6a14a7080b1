#include "operate/cli_input.h"

#include <errno.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "operate/cli.h"

int cli_input_read(struct cli *cli, const char *file, struct bytes *ret_content)
{
    bool is_stdin = str_equal(file, "-");
    FILE *from = is_stdin ? stdin : fopen(file, "rbe");
    if (!from)
        return cli_refuse(cli, "%s: %s", file, strerror(errno));
    struct buf buf;
    buf_init(&buf, CLI_INPUT_MAX);
    char part[16384];
    for (size_t n; (n = fread(part, 1, sizeof part, from)) > 0;)
        buf_add(&buf, part, n);
    bool broken = ferror(from);
    if (!is_stdin)
        (void)fclose(from); /* it was only read */
    int code = CLI_DONE;
    if (broken)
        code = cli_refuse(cli, "%s: it cannot be read", file);
    else if (buf_failed(&buf))
        code = cli_refuse(cli, "%s: larger than 64 MiB", file);
    else
        *ret_content =
            (struct bytes){(const uint8_t *)arena_strndup(cli->arena, buf.data, buf.len), buf.len};
    buf_free(&buf);
    return code;
}
