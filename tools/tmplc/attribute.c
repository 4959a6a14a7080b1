#include "attribute.h"

#include "walk.h"

static void look_up_attribute(struct markup *m)
{
    struct attribute *attribute = &m->place.attribute;
    const char *refusal = attribute_refusal(attribute->name);
    attribute->kind = attribute_find(attribute->name);
    attribute->excused = refusal || attribute->kind == ATTRIBUTE_UNKNOWN;
    if (refusal)
        problem(m->problems, m->line, "attribute %.*s is refused: %s", SLICE(attribute->name),
                refusal);
    else if (attribute->excused)
        problem(m->problems, m->line, "unknown attribute %.*s", SLICE(attribute->name));

    int before = seen_before(&m->attributes, m->arena, attribute->name, m->line);
    if (before)
        problem(m->problems, m->line, "attribute %.*s a second time (first on line %d)",
                SLICE(attribute->name), before);
    if (slice_is(attribute->name, "alt"))
        m->place.tag.has |= HAS_ALT;
    if (slice_is(attribute->name, "src"))
        m->place.tag.has |= HAS_SRC;
    if (slice_is(attribute->name, "lang"))
        m->place.tag.has |= HAS_LANG;
}

/* The start of the value: a quote, or something to refuse. */
void attribute_equals(struct markup *m)
{
    m->place.at = POS_AFTER;
    if (*m->at == '"' || *m->at == '\'') {
        m->place.quote = *m->at;
        m->place.url = (struct url){.list = m->place.attribute.kind == ATTRIBUTE_URLS};
        m->place.at = POS_VALUE;
        walk_pass(m, 1);
        return;
    }
    problem(m->problems, m->line, "the value of %.*s without quotes",
            SLICE(m->place.attribute.name));
    while (walk_left(m) && !is_space(*m->at) && *m->at != '>')
        walk_move(m, 1);
}

/* An id that is there as a whole: once in a template, never in a loop. */
static void check_id(struct markup *m)
{
    const char *stop = memchr(m->at, m->place.quote, walk_left(m));
    if (!stop || !slice_is(m->place.attribute.name, "id"))
        return;
    struct slice id = {m->at, (size_t)(stop - m->at)};
    if (id.len == 0 || memchr(id.s, ' ', id.len))
        problem(m->problems, m->line, "an id is one word");
    if (m->loops)
        problem(m->problems, m->line, "id \"%.*s\" in a loop would be there more than once",
                SLICE(id));
    int before = seen_before(&m->ids, m->arena, id, m->line);
    if (before)
        problem(m->problems, m->line, "id \"%.*s\" a second time (first on line %d)", SLICE(id),
                before);
}

/* What is no attribute: told, and passed with the value that may hang on it. */
static void skip_junk(struct markup *m)
{
    if (!m->told)
        problem(m->problems, m->line, "this cannot stand between attributes");
    m->told = true;
    m->place.at = POS_AFTER;
    char quote = '\0';
    while (walk_left(m) && (quote || (!is_space(*m->at) && *m->at != '>'))) {
        if (*m->at == quote)
            quote = '\0';
        else if (!quote && (*m->at == '"' || *m->at == '\''))
            quote = *m->at;
        walk_move(m, 1);
    }
}

void attribute_read(struct markup *m)
{
    struct slice name = walk_name(m);
    if (!name.len) {
        skip_junk(m);
        return;
    }
    m->place.attribute = (struct attribute){.name = name, .line = m->line};
    look_up_attribute(m);
    walk_print(m, " ");
    emit_literal(m->emit, name);

    struct attribute *attribute = &m->place.attribute;
    bool has_value = walk_left(m) && *m->at == '=';
    m->place.at = POS_AFTER;
    if (!has_value) {
        if (!attribute->excused && attribute->kind != ATTRIBUTE_BOOL &&
            attribute->kind != ATTRIBUTE_EITHER)
            problem(m->problems, attribute->line, "attribute %.*s needs a value", SLICE(name));
        return;
    }
    if (!attribute->excused && attribute->kind == ATTRIBUTE_BOOL) {
        problem(m->problems, attribute->line,
                "attribute %.*s has no value: it is there ({%% if %%}) or not", SLICE(name));
        attribute->excused = true;
    }
    walk_pass(m, 1);
    m->place.at = POS_EQUALS;
    if (!walk_left(m))
        return;
    attribute_equals(m);
    if (m->place.at == POS_VALUE)
        check_id(m);
}

void attribute_value(struct markup *m)
{
    struct attribute *attribute = &m->place.attribute;
    bool is_url = attribute->kind == ATTRIBUTE_URL || attribute->kind == ATTRIBUTE_URLS;
    char c = *m->at;
    if (c == m->place.quote) {
        m->place.at = POS_AFTER;
        walk_pass(m, 1);
        return;
    }
    const char *why = is_url && !attribute->excused ? url_literal(&m->place.url, c) : NULL;
    if (why) {
        problem(m->problems, m->line, "%.*s: %s", SLICE(attribute->name), why);
        attribute->excused = true;
    }
    if (c == '&')
        walk_reference(m);
    else
        walk_pass(m, 1);
}
