#include "replay.h"

#include "base/str.h"

#define NAME_MAX_LEN 40
#define DEPTH_MAX 200

enum where { IN_DATA, IN_TAG, IN_NAME, IN_VALUE, IN_SCRIPT };

/* A plain value, kept at every branch. */
struct reader {
    enum where where;
    char quote;
    char tag[NAME_MAX_LEN], name[NAME_MAX_LEN];
    size_t tag_len, name_len;
    char start[NAME_MAX_LEN]; /* of the value, lower case; an expression is \1 */
    size_t start_len;
};

static void add(char *to, size_t *len, char c)
{
    if (*len + 1 < NAME_MAX_LEN)
        to[(*len)++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    to[*len] = '\0';
}

static bool is_address(const char *name)
{
    return str_ends(name, "href") || str_ends(name, "src") || str_ends(name, "action") ||
           str_ends(name, "-url") || str_equal(name, "poster") || str_equal(name, "cite");
}

static const char *judge_value(const struct reader *r)
{
    if (str_starts(r->name, "on") || str_equal(r->name, "style") || str_equal(r->name, "srcdoc"))
        return "an attribute that runs or styles";
    if (!is_address(r->name))
        return NULL;
    if (str_starts(r->start, "//") || str_starts(r->start, "/\\") || str_starts(r->start, "/\1/") ||
        str_starts(r->start, "\1//"))
        return "an address that can name another host";
    if (strstr(r->start, "script:") || str_starts(r->start, "data:"))
        return "an address that runs";
    return NULL;
}

static const char *in_tag(struct reader *r, char c)
{
    if (c == '>') {
        r->where = str_equal(r->tag, "script") || str_equal(r->tag, "style") ? IN_SCRIPT : IN_DATA;
        return str_equal(r->tag, "style") || str_equal(r->tag, "iframe") ? "a tag that may not be"
                                                                         : NULL;
    }
    if ((c == '"' || c == '\'') && r->name_len && r->name[r->name_len - 1] == '=') {
        r->name[--r->name_len] = '\0';
        r->where = IN_VALUE;
        r->quote = c;
        r->start_len = 0;
        r->start[0] = '\0';
        return NULL;
    }
    if (c == '"' || c == '\'' || c == '<' || (r->name_len && r->name[r->name_len - 1] == '='))
        return "a tag that a browser reads otherwise";
    if (c == ' ' || c == '\n')
        r->name_len = 0;
    else
        add(r->name, &r->name_len, c);
    return NULL;
}

static const char *eat(struct reader *r, char c)
{
    switch (r->where) {
    case IN_DATA:
    case IN_SCRIPT:
        if (r->where == IN_SCRIPT && c != '<')
            return "text in a script";
        r->where = c == '<' ? IN_NAME : IN_DATA;
        r->tag_len = r->name_len = 0;
        r->tag[0] = '\0';
        break;
    case IN_NAME:
        if (c == ' ' || c == '>' || c == '\n') {
            r->where = IN_TAG;
            return in_tag(r, c);
        }
        add(r->tag, &r->tag_len, c);
        break;
    case IN_TAG:
        return in_tag(r, c);
    case IN_VALUE:
        if (c != r->quote) {
            add(r->start, &r->start_len, c);
            return NULL;
        }
        r->where = IN_TAG;
        r->name_len = 0;
        return judge_value(r);
    }
    return NULL;
}

static const char *judge_sink(struct reader *r, const char *sink)
{
    bool is_value = r->where == IN_VALUE;
    bool is_start = is_value && r->start_len == 0;
    const char *why = NULL;
    if (str_starts(sink, "HTML_TEXT("))
        why = r->where == IN_DATA ? NULL : "HTML_TEXT outside text";
    else if (str_starts(sink, "HTML_ATTR("))
        why = is_value && !is_address(r->name) ? NULL : "HTML_ATTR elsewhere";
    else if (str_starts(sink, "HTML_URL("))
        why = is_start && is_address(r->name) ? NULL : "HTML_URL elsewhere";
    else if (str_starts(sink, "HTML_URL_PART("))
        why = is_value && !is_start ? NULL : "HTML_URL_PART elsewhere";
    else if (str_starts(sink, "HTML_ID("))
        why = is_value || r->where == IN_DATA ? NULL : "HTML_ID elsewhere";
    else if (str_starts(sink, "html_"))
        why = r->where == IN_DATA ? NULL : "a call outside text";
    if (is_value && str_starts(sink, "HTML_"))
        add(r->start, &r->start_len, '\1');
    return why;
}

/* The C strings of one html_literal, which may go on over lines; moves *at behind its ';'. */
static const char *eat_literal(struct reader *r, char **at)
{
    size_t len = 0;
    const char *why = NULL;
    char *c = *at + strlen("html_literal(h,");
    for (; *c != ',' && *c; c++) {
        if (*c != '"')
            continue;
        for (c++; *c && *c != '"' && !why; c++, len++) {
            if (*c == '\\')
                c++;
            why = eat(r, *c == 'n' && c[-1] == '\\' ? '\n' : *c == 't' && c[-1] == '\\' ? ' ' : *c);
        }
        if (why)
            return why;
    }
    if (strtoul(c + 1, at, 10) != len)
        return "the length of a literal is wrong";
    *at += strlen(");");
    return NULL;
}

const char *replay(char *source, bool *ret_judged)
{
    struct reader kept[DEPTH_MAX], r = {.where = IN_DATA};
    size_t depth = 0;
    bool is_code = false;
    *ret_judged = true;
    for (char *at = strstr(source, "#line"); at && *at;) {
        at += strspn(at, " \n");
        size_t len = strcspn(at, "\n");
        char last = len ? at[len - 1] : '\0';
        const char *why = NULL;
        if (str_starts(at, "html_literal(h,")) {
            why = eat_literal(&r, &at);
            len = 0;
        } else if (str_starts(at, "} else") && depth) {
            r = kept[depth - 1];
        } else if (str_starts(at, "}")) {
            depth -= depth > 0;
        } else if (str_starts(at, "if ") || str_starts(at, "for ")) {
            if (last != '{' || depth == DEPTH_MAX)
                break;
            kept[depth++] = r;
        } else if (is_code && last != ';' && !str_starts(at, "void ")) {
            break;
        } else if (is_code) {
            why = judge_sink(&r, at);
        }
        if (why)
            return why;
        is_code = str_starts(at, "#line");
        at += len;
        if (at[0] == '\0')
            return NULL;
    }
    *ret_judged = false;
    return NULL;
}
