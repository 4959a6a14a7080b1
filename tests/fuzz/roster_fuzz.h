/*
 * What the fuzz targets of the roster readers share: reading bytes with every option on, and the
 * promises of roster.h checked on whatever comes out.
 */
#ifndef TESTS_ROSTER_FUZZ_H
#define TESTS_ROSTER_FUZZ_H

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "roster/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(holds)                                                                             \
    do {                                                                                           \
        if (!(holds))                                                                              \
            abort();                                                                               \
    } while (0)

static inline void promise_text(const char *text)
{
    PROMISE(text != NULL);
    PROMISE(utf8_valid(text, strlen(text)));
    for (; *text; text++)
        PROMISE((unsigned char)*text >= ' ' && *text != 0x7F);
}

static inline void promise_name(const struct roster_name *name)
{
    promise_text(name->call_name);
    promise_text(name->given_names);
    promise_text(name->initials);
    promise_text(name->prefix);
    promise_text(name->family_name);
    promise_text(name->display);
    promise_text(name->sort);
    PROMISE(*name->display);
}

static inline void promise_set(const struct roster *r)
{
    bool any = r->group_count || r->pupil_count || r->staff_count || r->guardian_count ||
               r->location_count || r->membership_count || r->removed_count;
    PROMISE(roster_applicable(r) || !any);
    PROMISE(r->problem_count <= 2 * ROSTER_PROBLEMS_MAX);
    for (size_t i = 0; i < r->problem_count; i++) {
        promise_text(r->problems[i].file);
        promise_text(r->problems[i].column_name);
        promise_text(r->problems[i].arg);
    }
    for (size_t i = 0; i < r->group_count; i++) {
        promise_text(r->groups[i].id.key);
        promise_text(r->groups[i].name);
        promise_text(r->groups[i].location);
        PROMISE(*r->groups[i].id.key);
    }
    for (size_t i = 0; i < r->pupil_count; i++) {
        const struct roster_pupil *pupil = &r->pupils[i];
        PROMISE(*pupil->id.key);
        promise_text(pupil->id.key);
        promise_text(pupil->home_group);
        promise_text(pupil->location);
        promise_text(pupil->year_text);
        if (!pupil->id.deleted)
            promise_name(&pupil->name);
        for (size_t k = 0; k < pupil->other_group_count; k++)
            promise_text(pupil->other_groups[k]);
        PROMISE(!date_is_set(pupil->born) || date_valid(pupil->born));
    }
    for (size_t i = 0; i < r->staff_count; i++) {
        promise_text(r->staff[i].email);
        promise_text(r->staff[i].role);
        for (size_t k = 0; k < r->staff[i].group_count; k++)
            promise_text(r->staff[i].groups[k].group);
    }
}

static inline void fuzz_roster(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    PROMISE(arena != NULL);
    struct roster_source source = {.data = {data, size}};
    struct roster_options options = {
        .today = {2025, 10, 15}, .school_known = true, .guardians = true};
    struct roster r;
    enum status st = roster_read(arena, &source, &options, &r);
    if (st == OK)
        promise_set(&r);
    else
        PROMISE(st == ERR_NOMEM);
    arena_free(arena);
}

#endif
