#include "markup.h"

#include "attribute.h"
#include "walk.h"

/* --- text --- */

static void print_space(struct markup *m)
{
    bool has_newline = m->space.len && memchr(m->space.s, '\n', m->space.len);
    bool says_nothing = (has_newline && m->place.blank) || !nesting_takes_text(&m->nesting);
    if (!m->space.len || says_nothing) {
        m->space.len = 0;
        return;
    }
    emit_literal(m->emit, has_newline ? slice_of("\n") : m->space);
    m->space.len = 0;
    m->place.blank = true;
}

/* Something that is not white space follows: to be called before it is printed. */
static void print_text_before(struct markup *m)
{
    print_space(m);
    m->place.blank = false;
    m->beginning = false;
}

/*
 * The browser drops a line end right behind <pre> and <textarea>. What people typed may begin with
 * one, so there is always one to drop.
 */
static void guard_line_end(struct markup *m)
{
    if (m->fresh)
        walk_print(m, "\n");
    m->fresh = false;
}

static void read_space(struct markup *m)
{
    struct slice run = {m->at, 0};
    while (run.len < walk_left(m) && is_space(m->at[run.len]))
        run.len++;
    if (nesting_is_verbatim(&m->nesting)) {
        m->fresh = false;
        walk_pass(m, run.len);
        return;
    }
    bool ends_line = m->space.len && memchr(m->space.s, '\n', m->space.len);
    if (!ends_line && !memchr(run.s, '\n', run.len))
        print_space(m);
    if (!ends_line)
        m->space = run;
    walk_move(m, run.len);
}

static void read_words(struct markup *m)
{
    print_text_before(m);
    m->fresh = false;
    if (!m->told)
        nesting_text(&m->nesting, m->line);
    m->told = true;
    if (*m->at == '&') {
        walk_reference(m);
        return;
    }
    size_t len = 1;
    while (len < walk_left(m) && !strchr("<& \n\t", m->at[len]))
        len++;
    walk_pass(m, len);
}

/* --- tags --- */

static void begin_tag(struct markup *m)
{
    print_text_before(m);
    m->fresh = false;
    m->told = false;
    int line = m->line;
    walk_pass(m, 1);
    struct slice name = walk_name(m);
    emit_literal(m->emit, name);
    m->place.tag = (struct tag){name, line, nesting_look_up(&m->nesting, name, line), 0};
    m->place.at = POS_AFTER;
    m->attributes.count = 0;
}

static void tell_missing(struct markup *m)
{
    static const struct {
        const char *element;
        unsigned has;
        const char *message;
    } needed[] = {
        {"img", HAS_ALT, "<img> without alt: alt=\"\" when it only decorates"},
        {"html", HAS_LANG, "<html> without lang"},
        {"script", HAS_SRC, "<script> without src: scripts are files in assets/"},
    };
    const struct tag *tag = &m->place.tag;
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (slice_is(tag->name, needed[i].element) && !(tag->has & needed[i].has))
            problem(m->problems, tag->line, "%s", needed[i].message);
    }
}

static void end_tag(struct markup *m, bool closes_itself)
{
    const struct tag *tag = &m->place.tag;
    unsigned flags = tag->element ? tag->element->flags : 0;
    bool has_end = !(flags & EL_VOID) && !closes_itself;
    bool is_raw = (flags & EL_RAW) || (!tag->element && slice_is(tag->name, "style"));

    if (closes_itself && tag->element && !(flags & (EL_VOID | EL_SVG)))
        problem(m->problems, m->line, "only void and SVG elements end in />, not <%s>",
                tag->element->name);
    tell_missing(m);
    walk_print(m, closes_itself && (flags & EL_SVG) ? "/>" : ">");
    walk_move(m, closes_itself ? 2 : 1);
    m->place.at = POS_TEXT;
    if (!has_end)
        return;
    nesting_open(&m->nesting, tag->name, tag->line, tag->element);
    m->fresh = flags & EL_VERBATIM;
    if (is_raw)
        m->place.at = POS_RAW;
    m->told = is_raw && !tag->element;
}

static void read_closing_end(struct markup *m)
{
    while (walk_left(m) && is_space(*m->at))
        walk_move(m, 1);
    if (!walk_left(m))
        return;
    if (*m->at == '>') {
        walk_move(m, 1);
    } else {
        problem(m->problems, m->line, "</%.*s without its >", SLICE(m->place.tag.name));
    }
    walk_print(m, ">");
    m->place.at = POS_TEXT;
}

static void read_closing_tag(struct markup *m)
{
    print_text_before(m);
    m->fresh = false;
    m->told = false;
    int line = m->line;
    walk_pass(m, 2);
    struct slice name = walk_name(m);
    emit_literal(m->emit, name);
    nesting_close(&m->nesting, name, line);
    m->place.tag = (struct tag){.name = name, .line = line};
    m->place.at = POS_CLOSING;
    read_closing_end(m);
}

static void read_declaration(struct markup *m)
{
    if (walk_at(m, "<!--")) {
        problem(m->problems, m->line, "an HTML comment reaches every reader: use {# … #}");
        m->place.at = POS_COMMENT;
        walk_move(m, 4);
        return;
    }
    if (!walk_at(m, "<!DOCTYPE html>")) {
        problem(m->problems, m->line, "write &lt; for <, or <!DOCTYPE html>");
        walk_move(m, 2);
        return;
    }
    if (!m->beginning)
        problem(m->problems, m->line, "<!DOCTYPE html> stands at the start of a template");
    print_text_before(m);
    m->nesting.doctype = true;
    walk_pass(m, strlen("<!DOCTYPE html>"));
}

static void read_text(struct markup *m)
{
    if (is_space(*m->at)) {
        read_space(m);
    } else if (*m->at != '<') {
        read_words(m);
    } else if (walk_left(m) > 1 && is_letter(m->at[1])) {
        begin_tag(m);
    } else if (walk_left(m) > 2 && m->at[1] == '/' && is_letter(m->at[2])) {
        read_closing_tag(m);
    } else if (walk_left(m) > 1 && m->at[1] == '!') {
        read_declaration(m);
    } else {
        problem(m->problems, m->line,
                walk_left(m) > 1 ? "a bare <: write &lt;" : "a tag name must be literal");
        walk_move(m, 1);
    }
}

static void read_tag(struct markup *m)
{
    if (is_space(*m->at)) {
        m->place.at = POS_SPACE;
        walk_move(m, 1);
    } else if (*m->at == '>') {
        end_tag(m, false);
    } else if (walk_at(m, "/>")) {
        end_tag(m, true);
    } else if (m->place.at == POS_AFTER && walk_is_name(*m->at)) {
        problem(m->problems, m->line, "a space is missing before this attribute");
        m->place.at = POS_SPACE;
    } else {
        attribute_read(m);
    }
}

static void read_raw(struct markup *m)
{
    bool ends = walk_at(m, "</script") || walk_at(m, "</style");
    if (ends) {
        read_closing_tag(m);
        return;
    }
    if (!is_space(*m->at) && !m->told) {
        problem(m->problems, m->line, "text in <%.*s>: scripts are files in assets/",
                SLICE(m->place.tag.name));
        m->told = true;
    }
    walk_move(m, 1);
}

static void read_comment(struct markup *m)
{
    if (walk_at(m, "-->"))
        m->place.at = POS_TEXT;
    walk_move(m, m->place.at == POS_TEXT ? 3 : 1);
}

void markup_literal(struct markup *m, struct slice text, int line)
{
    m->at = text.s;
    m->end = text.s + text.len;
    m->line = line;
    while (m->at < m->end) {
        switch (m->place.at) {
        case POS_TEXT:
            read_text(m);
            break;
        case POS_SPACE:
        case POS_AFTER:
            read_tag(m);
            break;
        case POS_EQUALS:
            attribute_equals(m);
            break;
        case POS_VALUE:
            attribute_value(m);
            break;
        case POS_CLOSING:
            read_closing_end(m);
            break;
        case POS_RAW:
            read_raw(m);
            break;
        case POS_COMMENT:
            read_comment(m);
            break;
        }
    }
}

/* --- what is not literal --- */

static enum sink in_value(struct markup *m, bool is_id, int line)
{
    struct attribute *attribute = &m->place.attribute;
    enum url_sink sink = URL_SINK_NONE;
    const char *why = NULL;

    if (attribute->excused)
        return SINK_NONE;
    if (attribute->kind == ATTRIBUTE_LITERAL)
        why = "only a literal may stand here";
    else if (attribute->kind == ATTRIBUTE_TEXT || attribute->kind == ATTRIBUTE_EITHER)
        return is_id ? SINK_ID : SINK_ATTR;
    else
        why = url_expression(&m->place.url, is_id, &sink);
    if (why) {
        problem(m->problems, line, "%.*s: %s", SLICE(attribute->name), why);
        attribute->excused = true;
        return SINK_NONE;
    }
    if (is_id)
        return SINK_ID;
    return sink == URL_SINK_WHOLE ? SINK_URL : SINK_URL_PART;
}

/* Places where neither expressions nor statements stand; tells and answers true. */
static bool is_closed_to(struct markup *m, const char *what, int line)
{
    switch (m->place.at) {
    case POS_EQUALS:
        problem(m->problems, line, "the value of %.*s without quotes",
                SLICE(m->place.attribute.name));
        m->place.at = POS_AFTER;
        m->told = true;
        return true;
    case POS_CLOSING:
        problem(m->problems, line, "%s in a closing tag", what);
        return true;
    case POS_RAW:
        if (!m->told)
            problem(m->problems, line, "%s in <%.*s>: scripts read data-… attributes", what,
                    SLICE(m->place.tag.name));
        m->told = true;
        return true;
    case POS_COMMENT:
        return true;
    case POS_TEXT:
    case POS_SPACE:
    case POS_AFTER:
    case POS_VALUE:
        break;
    }
    return false;
}

enum sink markup_expression(struct markup *m, bool is_id, int line)
{
    if (is_closed_to(m, "an expression", line))
        return SINK_NONE;
    if (m->place.at == POS_VALUE)
        return in_value(m, is_id, line);
    if (m->place.at != POS_TEXT) {
        problem(m->problems, line, "a tag or attribute name must be literal");
        m->place.at = POS_AFTER;
        m->told = true;
        return SINK_NONE;
    }
    print_text_before(m);
    guard_line_end(m);
    nesting_text(&m->nesting, line);
    return is_id ? SINK_ID : SINK_TEXT;
}

bool markup_statement(struct markup *m, int line)
{
    if (is_closed_to(m, "a statement", line))
        return false;
    if (m->place.at == POS_TEXT) {
        print_space(m);
        guard_line_end(m);
        m->beginning = false;
        m->told = false;
    }
    return true;
}

bool markup_call(struct markup *m, int line)
{
    const struct open_element *top = nesting_top(&m->nesting);
    if (!markup_statement(m, line))
        return false;
    if (m->place.at != POS_TEXT) {
        problem(m->problems, line, "a template is called in text, not %s",
                place_name(m->arena, &m->place));
        return false;
    }
    if (top && top->element && (top->element->flags & EL_TEXT_ONLY)) {
        problem(m->problems, line, "a template cannot be called in <%s>, which holds only text",
                top->element->name);
        return false;
    }
    m->place.blank = false;
    return true;
}

void markup_begin(struct markup *m)
{
    m->place = (struct place){.at = POS_TEXT, .blank = true};
    m->nesting.depth = m->nesting.floor = 0;
    m->nesting.doctype = false;
    m->attributes.count = m->ids.count = 0;
    m->loops = 0;
    m->fresh = m->told = false;
    m->beginning = true;
    m->space.len = 0;
}

void markup_finish(struct markup *m, int line)
{
    if (m->place.at != POS_TEXT && m->place.at != POS_COMMENT && m->place.at != POS_RAW)
        problem(m->problems, line, "the template ends %s", place_name(m->arena, &m->place));
    nesting_end(&m->nesting, "in this template");
    /* White space before {% end %} is layout of the source. */
    if (m->space.len && !memchr(m->space.s, '\n', m->space.len))
        print_space(m);
    m->space.len = 0;
}
