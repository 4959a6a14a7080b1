#include "method/reader.h"

#include <assert.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "method/cue.h"
#include "method/node.h"

void reader_problem(struct reader *reader, int line, const char *message, const char *about)
{
    if (reader->problem_count < METHOD_PROBLEMS_MAX)
        reader->problems[reader->problem_count++] =
            (struct method_problem){.line = line, .message = message, .about = about};
}

static const char *number_text(struct reader *reader, size_t number)
{
    return arena_printf(reader->arena, "%zu", number);
}

/* --- mappings -------------------------------------------------------------------------------- */

static const struct key *key_find(const struct shape *shape, const char *name)
{
    for (const struct key *key = shape->keys; key->name; key++)
        if (str_equal(key->name, name))
            return key;
    return NULL;
}

static bool stood_before(const struct node *map, const struct node *item)
{
    for (const struct node *other = map->first; other != item; other = other->next)
        if (str_equal(other->key->text, item->key->text))
            return true;
    return false;
}

static const struct node *item_of(const struct node *map, const char *key)
{
    for (const struct node *item = map->first; item; item = item->next)
        if (str_equal(item->key->text, key))
            return item;
    return NULL;
}

static void note_place(struct reader *reader, const void *base, const char *key, int line)
{
    struct place *place = ARENA_NEW(reader->arena, struct place);
    if (!place)
        return;
    *place = (struct place){base, key, line, reader->places};
    reader->places = place;
}

int reader_line(const struct reader *reader, const void *base, const char *key)
{
    for (const struct place *place = reader->places; place; place = place->next)
        if (place->base == base && str_equal(place->key, key))
            return place->line;
    return 0;
}

static void set_defaults(const struct shape *shape, void *base)
{
    for (const struct key *key = shape->keys; key->name; key++) {
        if (key->type == &type_number)
            *(int *)field_of(base, key->at) = key->otherwise;
        else if (key->type == &type_yes_no)
            *(bool *)field_of(base, key->at) = key->otherwise != 0;
        else if (key->type == &type_voices)
            read_voices(NULL, key, NULL, base);
        else if (key->type == &type_map)
            set_defaults(key->of, base);
    }
}

/* The keys of a mapping, and of those inside it that fill the same struct. */
static void read_keys(struct reader *reader, const struct shape *shape, const struct node *node,
                      void *base)
{
    if (node->kind != NODE_MAP) {
        reader_problem(reader, node->line, N_("Here should stand keys and values: \"{0}: …\"."),
                       shape->keys[0].name);
        return;
    }
    /* Each key of the table at most once, so this is linear in the file. */
    size_t known = 0;
    for (const struct node *item = node->first; item; item = item->next) {
        const struct key *key = key_find(shape, item->key->text);
        if (!key) {
            reader_problem(
                reader, item->key->line,
                N_("\"{0}\" is not known here. Is it spelled right, and is its indent right?"),
                item->key->text);
        } else if (item_of(node, key->name) != item) {
            reader_problem(reader, item->key->line, N_("\"{0}\" stands here twice."), key->name);
        } else {
            known++;
            note_place(reader, base, key->name, item->key->line);
            key->type->read(reader, key, item, base);
        }
        if (reader->problem_count == METHOD_PROBLEMS_MAX)
            return;
    }
    for (const struct key *key = shape->keys; key->name; key++)
        if (key->required && !item_of(node, key->name))
            reader_problem(reader, node->line, N_("\"{0}\" is missing here."), key->name);
}

void reader_shape(struct reader *reader, const struct shape *shape, const struct node *node,
                  void *base)
{
    set_defaults(shape, base);
    if (shape->line_at != NO_LINE)
        *(int *)field_of(base, shape->line_at) = node->line;
    read_keys(reader, shape, node, base);
}

void read_map(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    read_keys(reader, key->of, node, base);
}

/* --- lists ----------------------------------------------------------------------------------- */

/* A list of at least one and at most `most` items; one item may stand without brackets. */
static size_t list_size(struct reader *reader, const struct key *key, const struct node *node,
                        size_t most, const struct node **ret_first)
{
    *ret_first = node->kind == NODE_LIST ? node->first : node;
    size_t count = node->kind == NODE_LIST ? node->count : 1;
    if (count == 0)
        reader_problem(reader, node->line,
                       N_("\"{0}\" is empty. Leave it out, or put something in."), key->name);
    if (count <= most)
        return count;
    reader_problem(reader, node->line, N_("There are more than {0} here."),
                   number_text(reader, most));
    return most;
}

/* Room for a list, at its place in the struct. */
static void *list_room(struct reader *reader, const struct key *key, void *base, size_t count,
                       size_t size)
{
    void *items = arena_array(reader->arena, count, size);
    if (items) {
        *(const void **)field_of(base, key->at) = items;
        *(size_t *)field_of(base, key->count_at) = count;
    }
    return items;
}

static void check_own_ids(struct reader *reader, const struct shape *shape, const void *items,
                          size_t count)
{
    const struct key *id = key_find(shape, "id");
    assert(id && id->type == &type_id);
    for (size_t i = 1; i < count; i++) {
        const char *const *one = const_field_of(items, i * shape->size + id->at);
        for (size_t k = 0; *one && k < i; k++) {
            const char *const *other = const_field_of(items, k * shape->size + id->at);
            if (!*other || !str_equal(*one, *other))
                continue;
            reader_problem(reader,
                           reader_line(reader, const_field_of(items, i * shape->size), "id"),
                           N_("\"{0}\" is there already. Ids are different."), *one);
            break;
        }
    }
}

void read_maps(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    if (node->kind != NODE_LIST) {
        reader_problem(reader, node->line,
                       N_("Behind \"{0}\" comes a list: lines that begin with \"-\"."), key->name);
        return;
    }
    const struct node *item;
    size_t count = list_size(reader, key, node, (size_t)key->most, &item);
    char *items = list_room(reader, key, base, count, key->of->size);
    for (size_t i = 0; items && i < count; i++, item = item->next)
        reader_shape(reader, key->of, item, items + i * key->of->size);
    if (items && key->of->has_own_ids)
        check_own_ids(reader, key->of, items, count);
}

/* --- words and numbers ----------------------------------------------------------------------- */

/* One text, or NULL with the problem noted. */
static const char *one_text(struct reader *reader, const struct node *node, const char *name)
{
    if (node->kind == NODE_TEXT && *node->text)
        return node->text;
    reader_problem(reader, node->line,
                   node->kind == NODE_TEXT
                       ? N_("\"{0}\" is empty. Leave it out, or put something in.")
                       : N_("Behind \"{0}\" comes one word, text or number."),
                   name);
    return NULL;
}

static const char *one_name(struct reader *reader, const struct node *node, const char *name)
{
    const char *text = one_text(reader, node, name);
    if (!text || name_is_valid(text))
        return text;
    reader_problem(reader, node->line,
                   N_("\"{0}\" is no name: lower case letters, digits and '-', at most 40."), text);
    return NULL;
}

void read_id(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    *(const char **)field_of(base, key->at) = one_name(reader, node, key->name);
}

void read_picture(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const char *text = one_name(reader, node, key->name);
    if (text && !picture_is_known(text))
        reader_problem(reader, node->line, N_("There is no picture \"{0}\"."), text);
    else
        *(const char **)field_of(base, key->at) = text;
}

void read_kind(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const char *text = one_text(reader, node, key->name);
    if (text && !reader->kinds->known(text))
        reader_problem(reader, node->line, N_("There is no kind of answer \"{0}\"."), text);
    else
        *(const char **)field_of(base, key->at) = text;
}

void read_line(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const char *text = one_text(reader, node, key->name);
    if (text && utf8_chars(text) > (size_t)key->most)
        reader_problem(reader, node->line, N_("This text is longer than {0} characters."),
                       number_text(reader, (size_t)key->most));
    else
        *(const char **)field_of(base, key->at) = text;
}

void read_number(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const char *text = one_text(reader, node, key->name);
    int64_t number = 0;
    if (!text)
        return;
    if (str_to_int64(text, &number) != OK || number < key->least || number > key->most)
        reader_problem(reader, node->line, N_("This should be a whole number {0}."),
                       arena_printf(reader->arena, "%d–%d", key->least, key->most));
    else
        *(int *)field_of(base, key->at) = (int)number;
}

void read_yes_no(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    static const struct word words[] = {
        {"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0}, {NULL, 0}};
    const char *text = one_text(reader, node, key->name);
    const struct word *word = text ? word_find(words, text) : NULL;
    if (text && !word)
        reader_problem(reader, node->line, N_("Behind \"{0}\" comes yes or no."), key->name);
    else if (word)
        *(bool *)field_of(base, key->at) = word->value != 0;
}

static const struct word *one_of(struct reader *reader, const struct node *node,
                                 const struct word *words, const char *name)
{
    const char *text = one_text(reader, node, name);
    const struct word *word = text ? word_find(words, text) : NULL;
    if (!text || word)
        return word;
    const char *all = words->name;
    for (const struct word *w = words + 1; w->name; w++)
        all = arena_printf(reader->arena, "%s, %s", all, w->name);
    reader_problem(reader, node->line, N_("This should be one of: {0}."), all);
    return NULL;
}

void read_one_word(struct reader *reader, const struct key *key, const struct node *node,
                   void *base)
{
    const struct word *word = one_of(reader, node, key->words, key->name);
    if (word)
        *(unsigned *)field_of(base, key->at) = word->value;
}

void read_words(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const struct node *item;
    size_t count = list_size(reader, key, node, 32, &item);
    unsigned *bits = field_of(base, key->at);
    for (size_t i = 0; i < count; i++, item = item->next) {
        const struct word *word = one_of(reader, item, key->words, key->name);
        if (word && *bits & word->value)
            reader_problem(reader, item->line, N_("\"{0}\" stands here twice."), word->name);
        else if (word)
            *bits |= word->value;
    }
}

void read_voices(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    struct question *question = base;
    question->voices[0] = VOICE_PUPIL;
    question->voice_count = 1;
    if (!reader)
        return;
    const struct node *item;
    size_t count = list_size(reader, key, node, METHOD_VOICES_MAX, &item);
    question->voice_count = 0;
    for (size_t i = 0; i < count; i++, item = item->next) {
        const struct word *word = one_of(reader, item, voice_words, key->name);
        bool twice = false;
        for (size_t k = 0; word && k < question->voice_count; k++)
            twice |= question->voices[k] == (enum voice)word->value;
        if (twice)
            reader_problem(reader, item->line, N_("\"{0}\" stands here twice."), word->name);
        else if (word)
            question->voices[question->voice_count++] = (enum voice)word->value;
    }
}

/* Tags and ids of options: short words, each once. */
void read_names(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const struct node *item;
    size_t count = list_size(reader, key, node, (size_t)key->most, &item);
    const char **items = list_room(reader, key, base, count, sizeof *items);
    size_t taken = 0;
    for (size_t i = 0; items && i < count; i++, item = item->next) {
        const char *text = one_text(reader, item, key->name);
        bool twice = false;
        for (size_t k = 0; text && k < taken; k++)
            twice |= str_equal(items[k], text);
        if (twice)
            reader_problem(reader, item->line, N_("\"{0}\" stands here twice."), text);
        else if (text && (utf8_chars(text) > METHOD_NAME_MAX || strpbrk(text, " \n\t")))
            reader_problem(reader, item->line, N_("\"{0}\" is more than one short word."), text);
        else if (text)
            items[taken++] = text;
    }
    if (items)
        *(size_t *)field_of(base, key->count_at) = taken;
}

/* --- texts in languages ----------------------------------------------------------------------- */

static bool language_is_valid(const char *code)
{
    size_t len = strlen(code);
    return len >= 2 && len <= LANGUAGE_CODE_MAX && code[0] != '-' &&
           strspn(code, "abcdefghijklmnopqrstuvwxyz-") == len;
}

static struct method_text wordings(struct reader *reader, const struct node *node, int most)
{
    size_t count = node->count < LANGUAGES_MAX ? node->count : LANGUAGES_MAX;
    struct method_wording *list = ARENA_ARRAY(reader->arena, struct method_wording, count);
    struct method_text text = {.wordings = list};
    const struct node *item = node->first;
    for (size_t i = 0; list && i < count; i++, item = item->next) {
        const char *lang = item->key->text;
        if (!language_is_valid(lang))
            reader_problem(reader, item->key->line,
                           N_("\"{0}\" is no language; write nl, en, tr …"), lang);
        else if (stood_before(node, item))
            reader_problem(reader, item->key->line, N_("\"{0}\" stands here twice."), lang);
        else if (one_text(reader, item, lang) && utf8_chars(item->text) > (size_t)most)
            reader_problem(reader, item->line, N_("This text is longer than {0} characters."),
                           number_text(reader, (size_t)most));
        else if (item->kind == NODE_TEXT && *item->text)
            list[text.count++] = (struct method_wording){lang, item->text};
    }
    return text;
}

static struct method_text one_wording(struct reader *reader, const struct node *node,
                                      const char *name, int most)
{
    if (node->kind != NODE_MAP) {
        reader_problem(reader, node->line, N_("Behind \"{0}\" come languages: {nl: …, en: …}."),
                       name);
        return (struct method_text){NULL, 0};
    }
    if (node->count > LANGUAGES_MAX)
        reader_problem(reader, node->line, N_("There are more than {0} here."),
                       number_text(reader, LANGUAGES_MAX));
    if (!item_of(node, "nl"))
        reader_problem(reader, node->line, N_("The Dutch text (nl) of \"{0}\" is missing."), name);
    return wordings(reader, node, most);
}

void read_text(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    *(struct method_text *)field_of(base, key->at) =
        one_wording(reader, node, key->name, key->most);
}

void read_texts(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const struct node *item;
    size_t count = list_size(reader, key, node, (size_t)key->most, &item);
    struct method_text *items = list_room(reader, key, base, count, sizeof *items);
    for (size_t i = 0; items && i < count; i++, item = item->next)
        items[i] = one_wording(reader, item, key->name, key->chars);
}

void read_two_texts(struct reader *reader, const struct key *key, const struct node *node,
                    void *base)
{
    struct method_text *texts = field_of(base, key->at);
    if (node->kind != NODE_LIST || node->count != 2) {
        reader_problem(reader, node->line, N_("Behind \"{0}\" comes a list of two texts."),
                       key->name);
        return;
    }
    const struct node *item = node->first;
    for (size_t i = 0; i < 2; i++, item = item->next)
        texts[i] = one_wording(reader, item, key->name, key->most);
}

void read_by_band(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    struct method_text *texts = field_of(base, key->at);
    if (node->kind != NODE_MAP) {
        reader_problem(reader, node->line, N_("Here should stand keys and values: \"{0}: …\"."),
                       band_words[0].name);
        return;
    }
    for (const struct node *item = node->first; item; item = item->next) {
        const struct node name = {
            .kind = NODE_TEXT, .line = item->key->line, .text = item->key->text};
        const struct word *band = one_of(reader, &name, band_words, key->name);
        if (band && texts[band->value].count)
            reader_problem(reader, item->key->line, N_("\"{0}\" stands here twice."), band->name);
        else if (band)
            texts[band->value] = one_wording(reader, item, band->name, key->most);
        if (reader->problem_count == METHOD_PROBLEMS_MAX)
            return;
    }
}

void read_cues(struct reader *reader, const struct key *key, const struct node *node, void *base)
{
    const struct node *item;
    size_t count = list_size(reader, key, node, (size_t)key->most, &item);
    struct method_cue *items = list_room(reader, key, base, count, sizeof *items);
    for (size_t i = 0; items && i < count; i++, item = item->next) {
        if (item->kind == NODE_MAP) {
            items[i].text = one_wording(reader, item, key->name, key->chars);
            continue;
        }
        const char *name = one_text(reader, item, key->name);
        if (name && !cue_find(name))
            reader_problem(reader, item->line, N_("There is no cue \"{0}\"."), name);
        else
            items[i].name = name;
    }
}
