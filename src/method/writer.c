#include "method/writer.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "method/schema.h"

#define STEP 2         /* columns per level */
#define FLOW_WIDTH 100 /* columns up to which languages stand on one line */

/* --- one text --------------------------------------------------------------------------------- */

/* What YAML reads as a line end, forbids, or what cannot be seen. */
static bool must_escape(uint32_t code)
{
    return (code < ' ' && code != '\n' && code != '\t') || (code >= 0x7F && code <= 0x9F) ||
           code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static bool has_escape(const char *text)
{
    for (const char *at = text; *at;)
        if (must_escape(utf8_next(&at)))
            return true;
    return false;
}

/* Letters, digits and a few signs that mean nothing in YAML, wherever they stand. */
static bool is_plain(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    if ((unsigned char)text[0] < 0x80 && !strchr(letters, text[0]))
        return false;
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < 0x80 && !strchr(letters, *p) && !strchr(" .-/()'+;", *p))
            return false;
    return !has_escape(text) && !strchr(text, '\n');
}

static void write_quoted(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    for (const char *at = text; *at;) {
        const char *from = at;
        uint32_t code = utf8_next(&at);
        if (code == '"' || code == '\\')
            buf_printf(out, "\\%c", (char)code);
        else if (code == '\n')
            buf_add_str(out, "\\n");
        else if (code == '\t')
            buf_add_str(out, "\\t");
        else if (must_escape(code))
            buf_printf(out, "\\u%04X", (unsigned)code);
        else
            buf_add(out, from, (size_t)(at - from));
    }
    buf_add_char(out, '"');
}

static void write_scalar(struct buf *out, const char *text)
{
    if (*text && is_plain(text))
        buf_add_str(out, text);
    else
        write_quoted(out, text);
}

/* Several lines as they are, behind "|-". Texts are trimmed, so the first line has no indent. */
static void write_lines(struct buf *out, const char *text, int indent)
{
    buf_add_str(out, " |-\n");
    for (const char *line = text; line;) {
        const char *end = strchr(line, '\n');
        size_t len = end ? (size_t)(end - line) : strlen(line);
        if (len)
            buf_printf(out, "%*s%.*s", indent, "", (int)len, line);
        buf_add_char(out, '\n');
        line = end ? end + 1 : NULL;
    }
}

/* --- a text in its languages ------------------------------------------------------------------ */

static bool fits_one_line(const struct method_text *text, int indent)
{
    size_t width = (size_t)indent;
    for (size_t i = 0; i < text->count; i++) {
        width += strlen(text->wordings[i].text) + strlen(text->wordings[i].lang) + 4;
        if (strchr(text->wordings[i].text, '\n'))
            return false;
    }
    return width <= FLOW_WIDTH;
}

static void write_flow(struct buf *out, const struct method_text *text)
{
    buf_add_char(out, '{');
    for (size_t i = 0; i < text->count; i++) {
        buf_printf(out, "%s%s: ", i ? ", " : "", text->wordings[i].lang);
        write_scalar(out, text->wordings[i].text);
    }
    buf_add_char(out, '}');
}

/* `dash`: the first language stands behind "- ", which is written already. */
static void write_block(struct buf *out, const struct method_text *text, int indent, bool dash)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct method_wording *w = &text->wordings[i];
        buf_printf(out, "%*s%s:", dash && i == 0 ? 0 : indent, "", w->lang);
        if (strchr(w->text, '\n') && !has_escape(w->text)) {
            write_lines(out, w->text, indent + STEP);
            continue;
        }
        buf_add_char(out, ' ');
        write_scalar(out, w->text);
        buf_add_char(out, '\n');
    }
}

static void write_wordings(struct buf *out, const struct method_text *text, int indent)
{
    if (fits_one_line(text, indent)) {
        buf_add_char(out, ' ');
        write_flow(out, text);
        buf_add_char(out, '\n');
    } else {
        buf_add_char(out, '\n');
        write_block(out, text, indent + STEP, false);
    }
}

/* As an item of a list. */
static void write_item(struct buf *out, const struct method_text *text, int indent)
{
    buf_printf(out, "%*s- ", indent, "");
    if (fits_one_line(text, indent)) {
        write_flow(out, text);
        buf_add_char(out, '\n');
    } else {
        write_block(out, text, indent + STEP, true);
    }
}

/* --- the types of schema.h ----------------------------------------------------------------------
 */

static bool is_set_string(const struct key *key, const void *base)
{
    return *(const char *const *)const_field_of(base, key->at) != NULL;
}

static void write_string(struct buf *out, const struct key *key, const void *base)
{
    buf_add_char(out, ' ');
    write_scalar(out, *(const char *const *)const_field_of(base, key->at));
    buf_add_char(out, '\n');
}

static bool is_set_list(const struct key *key, const void *base)
{
    return *(const size_t *)const_field_of(base, key->count_at) > 0;
}

/* Types that are one string, and types that are a list: the same in both halves. */
#define STRING_TYPE(name)                                                                          \
    bool is_set_##name(const struct key *key, const void *base)                                    \
    {                                                                                              \
        return is_set_string(key, base);                                                           \
    }                                                                                              \
    void write_##name(struct buf *out, const struct key *key, const void *base, int indent)        \
    {                                                                                              \
        (void)indent;                                                                              \
        write_string(out, key, base);                                                              \
    }
STRING_TYPE(id)
STRING_TYPE(picture)
STRING_TYPE(kind)
STRING_TYPE(line)
#undef STRING_TYPE

bool is_set_number(const struct key *key, const void *base)
{
    return key->required || *(const int *)const_field_of(base, key->at) != key->otherwise;
}

void write_number(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)indent;
    buf_printf(out, " %d\n", *(const int *)const_field_of(base, key->at));
}

bool is_set_yes_no(const struct key *key, const void *base)
{
    return *(const bool *)const_field_of(base, key->at) != (key->otherwise != 0);
}

void write_yes_no(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)indent;
    buf_printf(out, " %s\n", *(const bool *)const_field_of(base, key->at) ? "yes" : "no");
}

bool is_set_one_word(const struct key *key, const void *base)
{
    return *(const unsigned *)const_field_of(base, key->at) != 0;
}

void write_one_word(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)indent;
    const struct word *word = word_of(key->words, *(const unsigned *)const_field_of(base, key->at));
    buf_printf(out, " %s\n", word ? word->name : "");
}

bool is_set_words(const struct key *key, const void *base)
{
    return *(const unsigned *)const_field_of(base, key->at) != 0;
}

void write_words(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)indent;
    unsigned bits = *(const unsigned *)const_field_of(base, key->at);
    const char *before = " [";
    for (const struct word *word = key->words; word->name; word++)
        if (bits & word->value) {
            buf_printf(out, "%s%s", before, word->name);
            before = ", ";
        }
    buf_add_str(out, "]\n");
}

bool is_set_voices(const struct key *key, const void *base)
{
    (void)key;
    const struct question *question = base;
    return question->voice_count != 1 || question->voices[0] != VOICE_PUPIL;
}

void write_voices(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)key;
    (void)indent;
    const struct question *question = base;
    for (size_t i = 0; i < question->voice_count; i++) {
        const struct word *word = word_of(voice_words, question->voices[i]);
        buf_printf(out, "%s%s", i ? ", " : " [", word ? word->name : "");
    }
    buf_add_str(out, "]\n");
}

bool is_set_names(const struct key *key, const void *base)
{
    return is_set_list(key, base);
}

void write_names(struct buf *out, const struct key *key, const void *base, int indent)
{
    (void)indent;
    const char *const *names = *(const char *const *const *)const_field_of(base, key->at);
    size_t count = *(const size_t *)const_field_of(base, key->count_at);
    for (size_t i = 0; i < count; i++) {
        buf_add_str(out, i ? ", " : " [");
        write_scalar(out, names[i]);
    }
    buf_add_str(out, "]\n");
}

bool is_set_text(const struct key *key, const void *base)
{
    return ((const struct method_text *)const_field_of(base, key->at))->count > 0;
}

void write_text(struct buf *out, const struct key *key, const void *base, int indent)
{
    write_wordings(out, const_field_of(base, key->at), indent);
}

bool is_set_texts(const struct key *key, const void *base)
{
    return is_set_list(key, base);
}

static void write_items(struct buf *out, const struct method_text *texts, size_t count, int indent)
{
    buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++)
        write_item(out, &texts[i], indent + STEP);
}

void write_texts(struct buf *out, const struct key *key, const void *base, int indent)
{
    write_items(out, *(const struct method_text *const *)const_field_of(base, key->at),
                *(const size_t *)const_field_of(base, key->count_at), indent);
}

bool is_set_two_texts(const struct key *key, const void *base)
{
    return is_set_text(key, base);
}

void write_two_texts(struct buf *out, const struct key *key, const void *base, int indent)
{
    write_items(out, const_field_of(base, key->at), 2, indent);
}

bool is_set_by_band(const struct key *key, const void *base)
{
    const struct method_text *texts = const_field_of(base, key->at);
    for (const struct word *band = band_words; band->name; band++)
        if (texts[band->value].count)
            return true;
    return false;
}

void write_by_band(struct buf *out, const struct key *key, const void *base, int indent)
{
    const struct method_text *texts = const_field_of(base, key->at);
    buf_add_char(out, '\n');
    for (const struct word *band = band_words; band->name; band++)
        if (texts[band->value].count) {
            buf_printf(out, "%*s%s:", indent + STEP, "", band->name);
            write_wordings(out, &texts[band->value], indent + STEP);
        }
}

bool is_set_cues(const struct key *key, const void *base)
{
    return is_set_list(key, base);
}

void write_cues(struct buf *out, const struct key *key, const void *base, int indent)
{
    const struct method_cue *cues =
        *(const struct method_cue *const *)const_field_of(base, key->at);
    size_t count = *(const size_t *)const_field_of(base, key->count_at);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++)
        if (cues[i].name)
            buf_printf(out, "%*s- %s\n", indent + STEP, "", cues[i].name);
        else
            write_item(out, &cues[i].text, indent + STEP);
}

/* --- mappings -----------------------------------------------------------------------------------
 */

/* `dash`: an item of a list; the first key stands behind "- ". */
static void write_shape(struct buf *out, const struct shape *shape, const void *base, int indent,
                        bool dash)
{
    for (const struct key *key = shape->keys; key->name; key++) {
        if (!key->type->is_set(key, base))
            continue;
        if (dash)
            buf_printf(out, "%*s- %s:", indent - STEP, "", key->name);
        else
            buf_printf(out, "%*s%s:", indent, "", key->name);
        dash = false;
        key->type->write(out, key, base, indent);
    }
}

bool is_set_map(const struct key *key, const void *base)
{
    for (const struct key *inner = key->of->keys; inner->name; inner++)
        if (inner->type->is_set(inner, base))
            return true;
    return false;
}

void write_map(struct buf *out, const struct key *key, const void *base, int indent)
{
    buf_add_char(out, '\n');
    write_shape(out, key->of, base, indent + STEP, false);
}

bool is_set_maps(const struct key *key, const void *base)
{
    return is_set_list(key, base);
}

void write_maps(struct buf *out, const struct key *key, const void *base, int indent)
{
    const char *items = *(const char *const *)const_field_of(base, key->at);
    size_t count = *(const size_t *)const_field_of(base, key->count_at);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++)
        write_shape(out, key->of, items + i * key->of->size, indent + 2 * STEP, true);
}

enum status method_write(const struct method *method, struct arena *arena, const char **ret_yaml,
                         size_t *ret_len)
{
    struct buf out;
    buf_init(&out, METHOD_FILE_MAX);
    write_shape(&out, &method_shape, method, 0, false);
    bool failed = buf_failed(&out);
    const char *yaml = failed ? "" : arena_strndup(arena, out.data, out.len);
    size_t len = out.len;
    buf_free(&out);
    if (failed)
        return ERR_LIMIT;
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_yaml = yaml;
    *ret_len = len;
    return OK;
}
