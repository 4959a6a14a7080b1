#include "answer/clean.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"

#define TOO_LONG N_("This is longer than fits here. Make it a little shorter.")
#define NOT_ONE N_("Choose one of these.")
#define STRANGE N_("Something came in that does not belong here. Load the page again.")

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool clean_refuse(struct clean *clean, const char *message)
{
    if (!clean->error)
        clean->error = message;
    return true;
}

static const struct answer_part *accepted(const struct clean *clean, const char *name)
{
    for (size_t i = 0; i < clean->count; i++)
        if (str_equal(clean->parts[i].name, name))
            return &clean->parts[i];
    return NULL;
}

bool clean_keep(struct clean *clean, const struct answer_part *raw, const char *text)
{
    if (!text[0])
        return true;
    const struct answer_part *before = accepted(clean, raw->name);
    if (before)
        return str_equal(before->text, text) ? true : clean_refuse(clean, STRANGE);
    if (clean->count == ANSWER_PARTS_MAX)
        return clean_refuse(clean, STRANGE);
    clean->parts[clean->count++] = (struct answer_part){raw->name, text};
    return true;
}

static bool keep_most(struct clean *clean, const struct answer_part *raw, const char *text,
                      size_t most)
{
    if (utf8_chars(text) > most)
        return clean_refuse(clean, TOO_LONG);
    return clean_keep(clean, raw, text);
}

bool clean_line(struct clean *clean, const struct answer_part *raw, size_t most)
{
    char *text = arena_strdup(clean->arena, raw->text);
    for (char *at = text; *at; at++)
        if (is_control(*at))
            *at = ' ';
    return keep_most(clean, raw, str_trim(clean->arena, text), most);
}

/* With \r\n and \r as \n, and no other control characters. */
static char *with_line_ends(struct arena *arena, const char *from)
{
    char *text = arena_strdup(arena, from);
    char *to = text;
    for (const char *at = text; *at; at++) {
        char c = *at;
        if (c == '\r') {
            c = '\n';
            at += at[1] == '\n';
        } else if (is_control(c) && c != '\n') {
            c = ' ';
        }
        *to++ = c;
    }
    if (to != text || *text) /* arena_strdup answers a constant "" when it is refused */
        *to = '\0';
    return text;
}

bool clean_text(struct clean *clean, const struct answer_part *raw, size_t most)
{
    char *text = with_line_ends(clean->arena, raw->text);
    size_t len = strlen(text);
    while (len && is_space(text[len - 1]))
        len--;
    const char *start = text;
    while (*start == '\n')
        start++;
    if (str_is_blank(text))
        return true;
    size_t before = (size_t)(start - text);
    return keep_most(clean, raw, arena_strndup(clean->arena, start, len - before), most);
}

bool clean_items(struct clean *clean, const struct answer_part *raw, const char *separators,
                 size_t items, size_t most)
{
    char *rest = with_line_ends(clean->arena, raw->text);
    struct buf joined;
    buf_init(&joined, strlen(rest) + 1);
    size_t count = 0;
    bool fits = true;
    while (*rest && fits) {
        size_t len = strcspn(rest, separators);
        const char *item = str_trim(clean->arena, arena_strndup(clean->arena, rest, len));
        rest += len + (rest[len] != '\0');
        if (str_is_blank(item))
            continue;
        count++;
        fits = count <= items && utf8_chars(item) <= most;
        if (count > 1)
            buf_add_char(&joined, '\n');
        buf_add_str(&joined, item);
    }
    const char *text = arena_strdup(clean->arena, joined.data);
    bool failed = buf_failed(&joined);
    buf_free(&joined);
    if (!fits)
        return clean_refuse(
            clean, count > items ? N_("These are more than fit here. Choose what matters most.")
                                 : TOO_LONG);
    return failed ? clean_refuse(clean, TOO_LONG) : clean_keep(clean, raw, text);
}

bool clean_word(struct clean *clean, const struct answer_part *raw, const char *const *words)
{
    if (!raw->text[0])
        return true;
    for (; *words; words++)
        if (str_equal(raw->text, *words))
            return clean_keep(clean, raw, *words);
    return clean_refuse(clean, NOT_ONE);
}

bool clean_number(struct clean *clean, const struct answer_part *raw, int64_t low, int64_t high)
{
    int64_t number = 0;
    if (!raw->text[0])
        return true;
    if (str_to_int64(raw->text, &number) != OK || number < low || number > high)
        return clean_refuse(clean, NOT_ONE);
    return clean_keep(clean, raw, arena_printf(clean->arena, "%d", (int)number));
}

const struct question_option *clean_find_option(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->option_count; i++)
        if (str_equal(question->options[i].id, id))
            return &question->options[i];
    return NULL;
}

bool clean_option(struct clean *clean, const struct answer_part *raw)
{
    if (!raw->text[0])
        return true;
    const struct question_option *option = clean_find_option(clean->question, raw->text);
    return option ? clean_keep(clean, raw, option->id) : clean_refuse(clean, NOT_ONE);
}

size_t clean_most(const struct question *question, size_t own)
{
    return question->most > 0 ? (size_t)question->most : own;
}

enum status clean_all(const struct question *question, const struct answer_value *raw,
                      struct arena *arena, clean_take *take, struct answer_value *ret_clean,
                      const char **ret_error)
{
    struct clean clean = {.question = question, .arena = arena};
    clean.parts = ARENA_ARRAY(arena, struct answer_part, ANSWER_PARTS_MAX);
    if (!clean.parts)
        return ERR_NOMEM;
    if (raw->count > ANSWER_PARTS_MAX)
        clean_refuse(&clean, STRANGE);
    for (size_t i = 0; !clean.error && i < raw->count; i++) {
        const struct answer_part *part = &raw->parts[i];
        if (!answer_part_name_valid(part->name) || !take(&clean, part))
            clean_refuse(&clean, STRANGE);
    }
    if (arena_failed(arena))
        return ERR_NOMEM;
    if (clean.error) {
        *ret_error = clean.error;
        return ERR_INVALID;
    }
    *ret_clean = (struct answer_value){clean.parts, clean.count};
    return OK;
}
