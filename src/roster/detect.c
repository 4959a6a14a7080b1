#include <assert.h>

#include "base/str.h"
#include "roster/readers.h"

/* What a single file is. */
enum content { CONTENT_XML, CONTENT_TEXT, CONTENT_OTHER };

static bool is_utf16(const unsigned char *head, size_t len)
{
    static const unsigned char starts[][4] = {
        {0xFF, 0xFE, '<', 0}, {0xFE, 0xFF, 0, '<'}, {'<', 0, '?', 0}, {0, '<', 0, '?'}};
    for (size_t i = 0; len >= 4 && i < ARRAY_LEN(starts); i++)
        if (memcmp(head, starts[i], 4) == 0)
            return true;
    return false;
}

static enum content judge(const unsigned char *head, size_t len)
{
    size_t at = len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && (head[at] == ' ' || (head[at] >= '\t' && head[at] <= '\r')))
        at++;
    if (is_utf16(head, len) || (at < len && head[at] == '<'))
        return CONTENT_XML;
    /* PDF, old and new Office files and pictures all carry NUL bytes early. */
    return memchr(head, 0, len) ? CONTENT_OTHER : CONTENT_TEXT;
}

static enum status read_file(struct roster_build *b, struct package *package)
{
    struct stream stream;
    enum status st = input_open(package, "", &stream);
    if (st != OK)
        return st;
    unsigned char head[512];
    size_t len = 0;
    st = input_read(&stream, head, sizeof head, &len);
    input_close(&stream);
    if (st != OK)
        return st;
    switch (judge(head, len)) {
    case CONTENT_XML:
        return edexml_read(b, package);
    case CONTENT_TEXT:
        return csv_own_read(b, package);
    case CONTENT_OTHER:
        break;
    }
    build_problem(b, ROSTER_FORMAT_UNKNOWN, (struct roster_at){"", 0, 0, ""}, NULL);
    return OK;
}

static bool has(struct package *package, const char *name)
{
    struct stream stream;
    if (input_open(package, name, &stream) != OK)
        return false;
    input_close(&stream);
    return true;
}

static enum status read_package(struct roster_build *b, struct package *package)
{
    if (package->kind == PACKAGE_FILE)
        return read_file(b, package);
    if (has(package, "manifest.csv"))
        return oneroster_read(b, package);
    if (has(package, "users.csv"))
        return sds_read(b, package);
    build_problem(b, ROSTER_FILE_MISSING, (struct roster_at){"manifest.csv", 0, 0, ""}, NULL);
    return OK;
}

enum status roster_read(struct arena *arena, const struct roster_source *source,
                        const struct roster_options *options, struct roster *ret)
{
    assert(arena && source && options && ret);
    struct roster_build b;
    build_init(&b, arena, options);
    struct package package;
    enum status st = package_open(&b, source, &package);
    if (st != OK)
        return st;
    if (b.set.error_count == 0)
        st = read_package(&b, &package);
    package_close(&package);
    return st == OK ? build_finish(&b, ret) : st;
}

bool roster_applicable(const struct roster *roster)
{
    return roster->error_count == 0;
}

const char *roster_format_name(enum roster_format format)
{
    static const char *const names[] = {
        [ROSTER_UNKNOWN] = "unknown",
        [ROSTER_EDEXML] = "EDEXML",
        [ROSTER_ONEROSTER_1_1] = "OneRoster 1.1",
        [ROSTER_ONEROSTER_1_2] = "OneRoster 1.2",
        [ROSTER_SDS_2_1] = "SDS 2.1",
        [ROSTER_CSV] = "CSV",
    };
    return (unsigned)format < ARRAY_LEN(names) ? names[format] : names[ROSTER_UNKNOWN];
}
