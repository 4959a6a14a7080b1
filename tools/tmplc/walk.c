#include "walk.h"

void walk_move(struct markup *m, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (m->at[i] == '\n')
            m->line++;
    }
    m->at += len;
}

size_t walk_left(const struct markup *m)
{
    return (size_t)(m->end - m->at);
}

bool walk_at(const struct markup *m, const char *text)
{
    return slice_starts((struct slice){m->at, walk_left(m)}, text);
}

void walk_print(struct markup *m, const char *text)
{
    emit_literal(m->emit, slice_of(text));
}

void walk_pass(struct markup *m, size_t len)
{
    emit_literal(m->emit, (struct slice){m->at, len});
    walk_move(m, len);
}

bool walk_is_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

struct slice walk_name(struct markup *m)
{
    struct slice name = {m->at, 0};
    while (name.len < walk_left(m) && walk_is_name(m->at[name.len]))
        name.len++;
    walk_move(m, name.len);
    return name;
}

void walk_reference(struct markup *m)
{
    size_t len = 1;
    while (len < walk_left(m) &&
           (is_letter(m->at[len]) || is_digit(m->at[len]) || m->at[len] == '#'))
        len++;
    if (len == 1 || len == walk_left(m) || m->at[len] != ';') {
        problem(m->problems, m->line, "a bare &: write &amp;");
        len = 0;
    }
    walk_pass(m, len + 1);
}
