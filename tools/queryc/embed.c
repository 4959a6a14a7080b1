#include <string.h>

#include "base/buf.h"
#include "queryc/queryc.h"

/* A text as one literal per line of it. */
static void emit_text(struct buf *to, const char *text)
{
    if (!*text)
        buf_add_str(to, "\n        \"\"");
    while (*text) {
        size_t len = strcspn(text, "\n");
        len += text[len] == '\n';
        buf_add_str(to, "\n        ");
        emit_literal(to, text, len);
        text += len;
    }
}

void emit_migrations(struct buf *to, const struct migration_file *files, size_t count)
{
    buf_add_str(to, "/* Made by queryc from migrations/: change them there. */\n"
                    "#include \"db/migrate.h\"\n\n"
                    "#include <stddef.h>\n\n"
                    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
                    "const struct migration migrations[] = {\n");
    for (size_t i = 0; i < count; i++) {
        buf_printf(to, "    {%d, \"%s\",", files[i].number, files[i].name);
        emit_text(to, files[i].sql);
        buf_add_str(to, "},\n");
    }
    buf_add_str(to, "    {0, NULL, NULL},\n};\n");
}
