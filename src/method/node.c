#include "method/node.h"

#include <yaml.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"

struct node_reader {
    yaml_parser_t parser;
    const char *data;
    size_t len;
    struct arena *arena;
    struct method_problem *problem; /* filled by the first refusal */
};

static enum status refuse(struct node_reader *r, size_t line, const char *message)
{
    *r->problem = (struct method_problem){.line = (int)line + 1, .message = message};
    return ERR_INVALID;
}

/* libyaml's own words are about its grammar; what helps is where to look. */
static enum status refuse_syntax(struct node_reader *r)
{
    size_t line = r->parser.problem_mark.line;
    switch (r->parser.error) {
    case YAML_MEMORY_ERROR:
        return ERR_NOMEM;
    case YAML_READER_ERROR:
        line = 0;
        for (size_t i = 0; i < r->parser.problem_offset && i < r->len; i++)
            line += r->data[i] == '\n';
        return refuse(r, line, N_("There is something here that is no text in UTF-8."));
    case YAML_NO_ERROR:
    case YAML_SCANNER_ERROR:
    case YAML_PARSER_ERROR:
    case YAML_COMPOSER_ERROR:
    case YAML_WRITER_ERROR:
    case YAML_EMITTER_ERROR:
        break;
    }
    return refuse(r, line,
                  N_("This cannot be read. Look at indents, colons, quotes and brackets here "
                     "and just above."));
}

static enum status next_event(struct node_reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) ? OK : refuse_syntax(r);
}

static bool is_clean(const char *text)
{
    for (const char *p = text; *p; p++)
        if (((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7F)
            return false;
    return true;
}

static enum status take_text(struct node_reader *r, const yaml_event_t *event, struct node *node)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t line = event->start_mark.line;
    if (event->data.scalar.anchor || event->data.scalar.tag)
        return refuse(r, line,
                      N_("Anchors, aliases and tags (& * !) are not used here. Put quotes "
                         "around a text that begins with one of these signs."));
    if (!utf8_valid(text, event->data.scalar.length) || !is_clean(text))
        return refuse(r, line, N_("There is a sign in this text that cannot be shown."));
    node->kind = NODE_TEXT;
    node->text = str_trim(r->arena, arena_strdup(r->arena, text));
    return OK;
}

static enum status read_node(struct node_reader *r, const yaml_event_t *event, int depth,
                             struct node **ret_node);

/* The next node, or NULL where the collection ends. */
static enum status read_next(struct node_reader *r, yaml_event_type_t end, int depth,
                             struct node **ret_node)
{
    yaml_event_t event;
    enum status st = next_event(r, &event);
    if (st != OK)
        return st;
    if (event.type == end)
        *ret_node = NULL;
    else
        st = read_node(r, &event, depth, ret_node);
    yaml_event_delete(&event);
    return st;
}

static enum status read_item(struct node_reader *r, const struct node *parent, int depth,
                             struct node **ret_item)
{
    if (parent->kind == NODE_LIST)
        return read_next(r, YAML_SEQUENCE_END_EVENT, depth, ret_item);
    struct node *key = NULL;
    enum status st = read_next(r, YAML_MAPPING_END_EVENT, depth, &key);
    if (st != OK || !key) {
        if (st == OK)
            *ret_item = NULL;
        return st;
    }
    if (key->kind != NODE_TEXT)
        return refuse(r, (size_t)key->line - 1, N_("In front of a colon stands one word."));
    st = read_next(r, YAML_NO_EVENT, depth, ret_item);
    if (st == OK && *ret_item)
        (*ret_item)->key = key;
    return st;
}

static enum status read_items(struct node_reader *r, struct node *parent, int depth)
{
    if (depth > NODE_DEPTH_MAX)
        return refuse(r, (size_t)parent->line - 1, N_("Too many levels inside each other."));
    struct node **end = &parent->first;
    for (;;) {
        struct node *item = NULL;
        enum status st = read_item(r, parent, depth, &item);
        if (st != OK || !item)
            return st;
        *end = item;
        end = &item->next;
        parent->count++;
    }
}

static enum status read_node(struct node_reader *r, const yaml_event_t *event, int depth,
                             struct node **ret_node)
{
    size_t line = event->start_mark.line;
    struct node *node = ARENA_NEW(r->arena, struct node);
    if (!node)
        return ERR_NOMEM;
    node->line = (int)line + 1;
    *ret_node = node;
    bool marked = false;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_text(r, event, node);
    case YAML_SEQUENCE_START_EVENT:
        node->kind = NODE_LIST;
        marked = event->data.sequence_start.anchor || event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        node->kind = NODE_MAP;
        marked = event->data.mapping_start.anchor || event->data.mapping_start.tag;
        break;
    case YAML_ALIAS_EVENT:
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        marked = true;
        break;
    }
    if (marked)
        return refuse(r, line,
                      N_("Anchors, aliases and tags (& * !) are not used here. Put quotes "
                         "around a text that begins with one of these signs."));
    return read_items(r, node, depth + 1);
}

/* Skips an event that must be there; `else_say` when something else comes. */
static enum status expect(struct node_reader *r, yaml_event_type_t type, const char *else_say)
{
    yaml_event_t event;
    enum status st = next_event(r, &event);
    if (st != OK)
        return st;
    if (event.type != type)
        st = refuse(r, event.start_mark.line, else_say);
    yaml_event_delete(&event);
    return st;
}

static enum status read_document(struct node_reader *r, struct node **ret_root)
{
    enum status st = expect(r, YAML_STREAM_START_EVENT, N_("The file is empty."));
    if (st == OK)
        st = expect(r, YAML_DOCUMENT_START_EVENT, N_("The file is empty."));
    if (st == OK)
        st = read_next(r, YAML_NO_EVENT, 0, ret_root);
    if (st == OK)
        st = expect(r, YAML_DOCUMENT_END_EVENT, N_("One file holds one method."));
    return st == OK ? expect(r, YAML_STREAM_END_EVENT, N_("One file holds one method.")) : st;
}

enum status node_read(const char *data, size_t len, struct arena *arena,
                      const struct node **ret_root, struct method_problem *ret_problem)
{
    struct node_reader r = {.data = data, .len = len, .arena = arena, .problem = ret_problem};
    struct node *root = NULL;
    if (!yaml_parser_initialize(&r.parser))
        return ERR_NOMEM;
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)data, len);
    enum status st = read_document(&r, &root);
    yaml_parser_delete(&r.parser);
    if (arena_failed(arena))
        return ERR_NOMEM;
    if (st == OK)
        *ret_root = root;
    return st;
}
