/* Everything in base/ that reads what people type: text, dates, ids, numbers. */
#include "base/arena.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/str.h"
#include "base/utf8.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void read_back(const char *text)
{
    struct date date;
    if (date_parse_dutch(text, &date) == OK) {
        struct date again;
        must(date_parse(date_text(date).s, &again) == OK && date_compare(date, again) == 0);
    }
    int64_t id;
    if (id_parse(text, &id) == OK)
        must(strcmp(id_text(id).s, text) == 0);
    int64_t number;
    if (str_to_int64(text, &number) == OK)
        must(text[0] == '-' || number >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    if (!arena)
        return 0;
    const char *text = arena_strndup(arena, (const char *)data, size);
    size_t len = strlen(text);
    bool valid = utf8_valid(text, len);
    size_t chars = 0;
    bool replaced = false;
    const char *at = text;
    for (uint32_t code; (code = utf8_next(&at)) != 0; chars++) {
        char bytes[4];
        replaced |= code == 0xFFFD;
        must(utf8_put(code, bytes) > 0);
    }
    must(at == text + len);
    must(valid ? chars == utf8_chars(text) : replaced);

    const char *key = str_sort_key(arena, text);
    must(strlen(key) <= len);
    const char *trimmed = str_trim(arena, text);
    must(strlen(trimmed) <= len && str_is_blank(text) == (trimmed[0] == '\0'));
    must(strcmp(str_trim(arena, trimmed), trimmed) == 0);
    must(strlen(str_lower_ascii(arena, text)) == len);
    if (valid) {
        must(utf8_valid(key, strlen(key)) && utf8_valid(trimmed, strlen(trimmed)));
        must(strcmp(str_sort_key(arena, key), key) == 0);
    }
    read_back(text);
    arena_free(arena);
    return 0;
}
