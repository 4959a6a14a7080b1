#include "queryc/follow.h"

#include <string.h>

#include "base/str.h"

static struct relation *listed_columns(struct follower *f, struct range range)
{
    struct relation *relation = need(f->arena, sizeof *relation);
    for (size_t at = range.from; at < range.to; at += 2) {
        GROW(f->arena, relation->outputs, relation->count, relation->room);
        relation->outputs[relation->count++] =
            (struct output){.name = f->tokens[at].text, .line = f->tokens[at].line, .school = true};
    }
    return relation;
}

/* Gives the listed names to what the query made. True when less is tied than was assumed. */
static bool name_columns(struct follower *f, struct relation *listed, const struct relation *made)
{
    bool weaker = false;
    for (size_t i = 0; i < listed->count; i++) {
        struct output *to = &listed->outputs[i];
        const struct output *from = i < made->count ? &made->outputs[i] : NULL;
        weaker = weaker || (to->school && !(from && from->school));
        to->school = to->school && from && from->school;
        to->sealed = from && from->sealed;
        if (to->sealed && !is_sealed_name(to->name))
            report_add(f->report, to->line, SEALED_NAME, to->name);
    }
    return weaker;
}

/*
 * A CTE that reads itself may count on its own column school being tied, if that then follows:
 * what holds for the first rows and for each step holds for all. If not, it is read again without.
 */
static void follow_cte(struct follower *f, struct cte *cte, struct range body,
                       const struct level *outer)
{
    if (cte->nameless) {
        struct relation *made = follow_query(f, body, outer, cte, USE_RESULT);
        cte->relation = made;
        cte->nameless = false;
        return;
    }
    bool again = true;
    while (again && !f->lost)
        again = name_columns(f, cte->relation, follow_query(f, body, outer, cte, USE_RESULT));
}

/* name [(columns)] AS [[NOT] MATERIALIZED] (query): returns where it ends. */
static size_t read_cte(struct follower *f, struct range range, const struct level *outer,
                       struct cte *cte)
{
    size_t at = range.from;
    if (at >= range.to || f->tokens[at].kind != TOK_WORD) {
        lose(f, range.from, "expected the name of a CTE");
        return range.to;
    }
    cte->name = f->tokens[at++].text;
    if (schema_table(f->schema, cte->name))
        report_add(f->report, f->tokens[at - 1].line, "the CTE %s has the name of a table",
                   cte->name);
    note_table(f, cte->name);
    cte->nameless = !word_at(f, range, at, "(");
    cte->relation = need(f->arena, sizeof *cte->relation);
    if (!cte->nameless) {
        cte->relation = listed_columns(f, (struct range){at + 1, f->match[at]});
        at = f->match[at] + 1;
    }
    if (word_at(f, range, at, "as"))
        at++;
    if (word_at(f, range, at, "not"))
        at++;
    if (word_at(f, range, at, "materialized"))
        at++;
    if (!opens_query(f, range, at)) {
        lose(f, at < range.to ? at : range.from, "a CTE is written as: name AS (SELECT …)");
        return range.to;
    }
    follow_cte(f, cte, (struct range){at + 1, f->match[at]}, outer);
    return f->match[at] + 1;
}

const struct cte *follow_with(struct follower *f, struct range *range, const struct level *outer,
                              const struct cte *env)
{
    size_t at = range->from + 1;
    if (word_at(f, *range, at, "recursive"))
        at++;
    for (;;) {
        struct cte *cte = need(f->arena, sizeof *cte);
        cte->next = env;
        at = read_cte(f, (struct range){at, range->to}, outer, cte);
        env = cte;
        if (f->lost || !word_at(f, *range, at, ","))
            break;
        at++;
    }
    range->from = at;
    return env;
}
