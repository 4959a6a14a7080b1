#include "nesting.h"

/* A table's " a b " for "%.*s". */
#define WORDS(words) (int)(strlen(words) - 2), (words) + 1

const struct open_element *nesting_top(const struct nesting *nesting)
{
    return nesting->depth ? &nesting->open[nesting->depth - 1] : NULL;
}

static bool top_has(const struct nesting *nesting, unsigned flag)
{
    const struct open_element *top = nesting_top(nesting);
    return top && top->element && (top->element->flags & flag);
}

bool nesting_is_verbatim(const struct nesting *nesting)
{
    for (size_t i = 0; i < nesting->depth; i++) {
        const struct element *element = nesting->open[i].element;
        if (element && (element->flags & EL_VERBATIM))
            return true;
    }
    return false;
}

/* The innermost open element of that name, or NULL. */
static const struct open_element *open_named(const struct nesting *nesting, const char *name)
{
    for (size_t i = nesting->depth; i > 0; i--) {
        if (slice_is(nesting->open[i - 1].name, name))
            return &nesting->open[i - 1];
    }
    return NULL;
}

static const struct element *find(struct nesting *nesting, struct slice name, int line)
{
    bool in_svg = top_has(nesting, EL_SVG);
    bool is_root = nesting->depth == 0;
    const struct element *html = element_find(name, false), *svg = element_find(name, true);
    const char *refusal = element_refusal(name);

    if (in_svg && svg)
        return svg;
    if (refusal)
        problem(nesting->problems, line, "<%.*s> is refused: %s", SLICE(name), refusal);
    else if (in_svg && html)
        problem(nesting->problems, line, "<%.*s> cannot stand in <svg>", SLICE(name));
    else if (html || (svg && (is_root || slice_is(name, "svg"))))
        return html ? html : svg;
    else if (svg)
        problem(nesting->problems, line, "<%.*s> stands outside <svg>", SLICE(name));
    else
        problem(nesting->problems, line, "unknown element <%.*s>", SLICE(name));
    return NULL;
}

/* What the parent may hold, and where the element may stand. */
static bool fits_parent(struct nesting *nesting, const struct element *element, int line)
{
    const struct open_element *parent = nesting_top(nesting);
    struct slice name = slice_of(element->name);

    if (slice_is(name, "html") && !nesting->doctype) {
        problem(nesting->problems, line, "<html> without <!DOCTYPE html> before it");
        return false;
    }
    if (!parent || !parent->element || slice_is(parent->name, "template"))
        return true;
    if (parent->element->flags & EL_TEXT_ONLY) {
        problem(nesting->problems, line, "<%s> holds only text", parent->element->name);
        return false;
    }
    if (parent->element->children && !name_in(name, parent->element->children)) {
        problem(nesting->problems, line, "<%s> cannot stand directly in <%s>, which holds: %.*s",
                element->name, parent->element->name, WORDS(parent->element->children));
        return false;
    }
    if (element->parents && !name_in(parent->name, element->parents)) {
        problem(nesting->problems, line, "<%s> stands in <%s>; it belongs in: %.*s", element->name,
                parent->element->name, WORDS(element->parents));
        return false;
    }
    return true;
}

/* The paragraph that a block here would close; NULL when a block between them was told already. */
static const struct open_element *paragraph_around(const struct nesting *nesting)
{
    for (size_t i = nesting->depth; i > 0; i--) {
        const struct open_element *open = &nesting->open[i - 1];
        if (slice_is(open->name, "p"))
            return open;
        if (open->element && (open->element->flags & EL_BLOCK))
            return NULL;
    }
    return NULL;
}

/* A block in a paragraph closes it in the browser; in other phrasing content it is not valid. */
static bool fits_words(struct nesting *nesting, const struct element *element, int line)
{
    if (!(element->flags & EL_BLOCK))
        return true;
    const struct open_element *p = paragraph_around(nesting);
    if (p) {
        problem(nesting->problems, line,
                "<%s> in the <p> of line %d: a browser would close the paragraph here",
                element->name, p->line);
        return false;
    }
    for (size_t i = nesting->depth; i > 0; i--) {
        const struct element *around = nesting->open[i - 1].element;
        if (around && (around->flags & EL_TRANSPARENT))
            continue;
        bool heading =
            around && (around->flags & EL_HOLDS_HEADING) && (element->flags & EL_HEADING);
        if (!around || !(around->flags & EL_PHRASING) || heading)
            return true;
        problem(nesting->problems, line, "<%s> cannot stand in the <%s> of line %d", element->name,
                around->name, nesting->open[i - 1].line);
        return false;
    }
    return true;
}

static bool fits_outer(struct nesting *nesting, const struct element *element, int line)
{
    static const char *const around[] = {"a", "button"};
    const struct open_element *outer = NULL;
    for (size_t i = 0; i < ARRAY_LEN(around) && (element->flags & EL_INTERACTIVE) && !outer; i++)
        outer = open_named(nesting, around[i]);
    if (!outer && (strcmp(element->name, "form") == 0 || strcmp(element->name, "label") == 0))
        outer = open_named(nesting, element->name);
    if (!outer)
        return true;
    problem(nesting->problems, line, "<%s> cannot stand in the <%.*s> of line %d", element->name,
            SLICE(outer->name), outer->line);
    return false;
}

const struct element *nesting_look_up(struct nesting *nesting, struct slice name, int line)
{
    const struct element *element = find(nesting, name, line);
    if (!element)
        return NULL;
    /* One problem per tag: the later rules would repeat the first in other words. */
    if (fits_parent(nesting, element, line) && fits_words(nesting, element, line))
        (void)fits_outer(nesting, element, line);
    return element;
}

void nesting_open(struct nesting *nesting, struct slice name, int line,
                  const struct element *element)
{
    if (nesting->depth == NESTING_MAX) {
        problem(nesting->problems, line, "more than %d elements inside each other", NESTING_MAX);
        return;
    }
    nesting->open[nesting->depth] = (struct open_element){name, line, element};
    nesting->depth++;
}

void nesting_close(struct nesting *nesting, struct slice name, int line)
{
    const struct element *element = element_find(name, false);
    if (element && (element->flags & EL_VOID)) {
        problem(nesting->problems, line, "<%s> has no closing tag", element->name);
        return;
    }
    size_t at = nesting->depth;
    while (at > 0 && !slice_equal(nesting->open[at - 1].name, name))
        at--;
    if (at == 0) {
        problem(nesting->problems, line, "</%.*s> closes nothing", SLICE(name));
        return;
    }
    if (at <= nesting->floor) {
        problem(nesting->problems, line,
                "</%.*s> closes the one of line %d, which was opened outside this branch or loop",
                SLICE(name), nesting->open[at - 1].line);
        return;
    }
    for (size_t i = nesting->depth; i > at; i--) {
        if (nesting->open[i - 1].element)
            problem(nesting->problems, line, "</%.*s> while the <%.*s> of line %d is open",
                    SLICE(name), SLICE(nesting->open[i - 1].name), nesting->open[i - 1].line);
    }
    nesting->depth = at - 1;
}

bool nesting_takes_text(const struct nesting *nesting)
{
    const struct open_element *top = nesting_top(nesting);
    return !top || !top->element || !top->element->children;
}

void nesting_text(struct nesting *nesting, int line)
{
    const struct open_element *top = nesting_top(nesting);
    if (!nesting_takes_text(nesting))
        problem(nesting->problems, line, "text directly in <%s>, which holds: %.*s",
                top->element->name, WORDS(top->element->children));
}

void nesting_end(struct nesting *nesting, const char *where)
{
    for (size_t i = nesting->depth; i > nesting->floor; i--) {
        if (nesting->open[i - 1].element)
            problem(nesting->problems, nesting->open[i - 1].line, "<%.*s> is not closed %s",
                    SLICE(nesting->open[i - 1].name), where);
    }
    nesting->depth = nesting->floor;
}
