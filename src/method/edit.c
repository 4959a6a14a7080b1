#include "method/edit.h"

#include <assert.h>

#include "base/arena.h"
#include "base/str.h"

/* --- lists that are made anew -------------------------------------------------------------------
 */

static void *with_item(struct arena *arena, const void *items, size_t count, size_t size, size_t at,
                       const void *item)
{
    char *made = arena_array(arena, count + 1, size);
    if (!made)
        return NULL;
    if (at)
        memcpy(made, items, at * size);
    memcpy(made + at * size, item, size);
    if (at < count)
        memcpy(made + (at + 1) * size, (const char *)items + at * size, (count - at) * size);
    return made;
}

static void *without_item(struct arena *arena, const void *items, size_t count, size_t size,
                          size_t at)
{
    char *made = arena_array(arena, count, size);
    if (!made)
        return NULL;
    if (at)
        memcpy(made, items, at * size);
    if (at + 1 < count)
        memcpy(made + at * size, (const char *)items + (at + 1) * size, (count - at - 1) * size);
    return made;
}

static void *with_other_item(struct arena *arena, const void *items, size_t count, size_t size,
                             size_t at, const void *item)
{
    char *made = arena_memdup(arena, items, count * size);
    if (made)
        memcpy(made + at * size, item, size);
    return made;
}

/* --- where things stand -------------------------------------------------------------------------
 */

/* The phases of the conversation (part 0) or of a preparation (part n: the n-th). */
struct part {
    size_t number;
    const struct phase *phases;
    size_t count;
};

static struct part part_of(const struct method *method, size_t number)
{
    if (number == 0)
        return (struct part){0, method->phases, method->phase_count};
    const struct method_preparation *p = &method->preparations[number - 1];
    return (struct part){number, p->phases, p->phase_count};
}

static bool find_phase(const struct method *method, const char *id, struct part *ret_part,
                       size_t *ret_at)
{
    for (size_t n = 0; n <= method->preparation_count; n++) {
        struct part part = part_of(method, n);
        for (size_t i = 0; i < part.count; i++)
            if (str_equal(part.phases[i].id, id)) {
                *ret_part = part;
                *ret_at = i;
                return true;
            }
    }
    return false;
}

static bool find_question(const struct method *method, const char *id, struct part *ret_part,
                          size_t *ret_phase, size_t *ret_at)
{
    for (size_t n = 0; n <= method->preparation_count; n++) {
        struct part part = part_of(method, n);
        for (size_t i = 0; i < part.count; i++)
            for (size_t k = 0; k < part.phases[i].question_count; k++)
                if (str_equal(part.phases[i].questions[k].id, id)) {
                    *ret_part = part;
                    *ret_phase = i;
                    *ret_at = k;
                    return true;
                }
    }
    return false;
}

const struct phase *method_phase(const struct method *method, const char *id)
{
    struct part part;
    size_t at;
    return find_phase(method, id, &part, &at) ? &part.phases[at] : NULL;
}

/* --- the method around a change ------------------------------------------------------------------
 */

static enum status with_phases(const struct method *method, size_t part, const struct phase *phases,
                               size_t count, struct arena *arena, const struct method **ret_method)
{
    struct method *made = arena_memdup(arena, method, sizeof *method);
    if (!made || !phases)
        return ERR_NOMEM;
    if (part == 0) {
        made->phases = phases;
        made->phase_count = count;
    } else {
        struct method_preparation p = method->preparations[part - 1];
        p.phases = phases;
        p.phase_count = count;
        made->preparations = with_other_item(arena, method->preparations, method->preparation_count,
                                             sizeof p, part - 1, &p);
        if (!made->preparations)
            return ERR_NOMEM;
    }
    *ret_method = made;
    return OK;
}

static enum status with_phase(const struct method *method, const struct part *part, size_t at,
                              const struct phase *phase, struct arena *arena,
                              const struct method **ret_method)
{
    return with_phases(method, part->number,
                       with_other_item(arena, part->phases, part->count, sizeof *phase, at, phase),
                       part->count, arena, ret_method);
}

static enum status with_questions(const struct method *method, const struct part *part, size_t at,
                                  const struct question *questions, size_t count,
                                  struct arena *arena, const struct method **ret_method)
{
    if (!questions)
        return ERR_NOMEM;
    struct phase phase = part->phases[at];
    phase.questions = questions;
    phase.question_count = count;
    return with_phase(method, part, at, &phase, arena, ret_method);
}

static void count_all(const struct method *method, size_t *ret_phases, size_t *ret_questions)
{
    *ret_phases = *ret_questions = 0;
    for (size_t n = 0; n <= method->preparation_count; n++) {
        struct part part = part_of(method, n);
        *ret_phases += part.count;
        for (size_t i = 0; i < part.count; i++)
            *ret_questions += part.phases[i].question_count;
    }
}

/* --- phases
 * ---------------------------------------------------------------------------------------- */

enum status method_edit_add_phase(const struct method *method, const char *after,
                                  const struct phase *phase, struct arena *arena,
                                  const struct method **ret_method)
{
    struct part part;
    size_t at, phases, questions;
    if (!find_phase(method, after, &part, &at))
        return ERR_NOT_FOUND;
    count_all(method, &phases, &questions);
    if (phases >= METHOD_PHASES_MAX)
        return ERR_LIMIT;
    return with_phases(method, part.number,
                       with_item(arena, part.phases, part.count, sizeof *phase, at + 1, phase),
                       part.count + 1, arena, ret_method);
}

enum status method_edit_remove_phase(const struct method *method, const char *id,
                                     struct arena *arena, const struct method **ret_method)
{
    struct part part;
    size_t at;
    if (!find_phase(method, id, &part, &at))
        return ERR_NOT_FOUND;
    return with_phases(method, part.number,
                       without_item(arena, part.phases, part.count, sizeof *part.phases, at),
                       part.count - 1, arena, ret_method);
}

enum status method_edit_move_phase(const struct method *method, const char *id, int by,
                                   struct arena *arena, const struct method **ret_method)
{
    struct part part;
    size_t at;
    assert(by == 1 || by == -1);
    if (!find_phase(method, id, &part, &at))
        return ERR_NOT_FOUND;
    if (by < 0 ? at == 0 : at + 1 == part.count) {
        *ret_method = method;
        return OK;
    }
    size_t to = by < 0 ? at - 1 : at + 1;
    struct phase *phases = arena_memdup(arena, part.phases, part.count * sizeof *phases);
    if (!phases)
        return ERR_NOMEM;
    phases[at] = part.phases[to];
    phases[to] = part.phases[at];
    return with_phases(method, part.number, phases, part.count, arena, ret_method);
}

enum status method_edit_set_phase(const struct method *method, const char *id,
                                  const struct phase *phase, struct arena *arena,
                                  const struct method **ret_method)
{
    struct part part;
    size_t at;
    if (!find_phase(method, id, &part, &at))
        return ERR_NOT_FOUND;
    struct phase set = *phase;
    set.id = part.phases[at].id;
    set.questions = part.phases[at].questions;
    set.question_count = part.phases[at].question_count;
    return with_phase(method, &part, at, &set, arena, ret_method);
}

/* --- questions
 * --------------------------------------------------------------------------------------- */

enum status method_edit_add_question(const struct method *method, const char *phase,
                                     const struct question *question, struct arena *arena,
                                     const struct method **ret_method)
{
    struct part part;
    size_t at, phases, questions;
    if (!find_phase(method, phase, &part, &at))
        return ERR_NOT_FOUND;
    count_all(method, &phases, &questions);
    if (questions >= METHOD_QUESTIONS_MAX)
        return ERR_LIMIT;
    const struct phase *p = &part.phases[at];
    return with_questions(method, &part, at,
                          with_item(arena, p->questions, p->question_count, sizeof *question,
                                    p->question_count, question),
                          p->question_count + 1, arena, ret_method);
}

enum status method_edit_remove_question(const struct method *method, const char *id,
                                        struct arena *arena, const struct method **ret_method)
{
    struct part part;
    size_t in, at;
    if (!find_question(method, id, &part, &in, &at))
        return ERR_NOT_FOUND;
    const struct phase *p = &part.phases[in];
    return with_questions(
        method, &part, in,
        without_item(arena, p->questions, p->question_count, sizeof *p->questions, at),
        p->question_count - 1, arena, ret_method);
}

/* Out of one phase, to the near end of the one beside it. */
static enum status move_across(const struct method *method, const struct part *part, size_t in,
                               size_t at, int by, struct arena *arena,
                               const struct method **ret_method)
{
    const struct question *question = &part->phases[in].questions[at];
    size_t to = by < 0 ? in - 1 : in + 1;
    const struct phase *target = &part->phases[to];
    size_t place = by < 0 ? target->question_count : 0;
    const struct method *without = NULL;
    enum status st = method_edit_remove_question(method, question->id, arena, &without);
    if (st != OK)
        return st;
    struct part now = part_of(without, part->number);
    return with_questions(without, &now, to,
                          with_item(arena, target->questions, target->question_count,
                                    sizeof *question, place, question),
                          target->question_count + 1, arena, ret_method);
}

enum status method_edit_move_question(const struct method *method, const char *id, int by,
                                      struct arena *arena, const struct method **ret_method)
{
    struct part part;
    size_t in, at;
    assert(by == 1 || by == -1);
    if (!find_question(method, id, &part, &in, &at))
        return ERR_NOT_FOUND;
    const struct phase *p = &part.phases[in];
    bool at_end = by < 0 ? at == 0 : at + 1 == p->question_count;
    bool in_end = by < 0 ? in == 0 : in + 1 == part.count;
    if (at_end && in_end) {
        *ret_method = method;
        return OK;
    }
    if (at_end)
        return move_across(method, &part, in, at, by, arena, ret_method);
    size_t to = by < 0 ? at - 1 : at + 1;
    struct question *questions =
        arena_memdup(arena, p->questions, p->question_count * sizeof *questions);
    if (!questions)
        return ERR_NOMEM;
    questions[at] = p->questions[to];
    questions[to] = p->questions[at];
    return with_questions(method, &part, in, questions, p->question_count, arena, ret_method);
}

enum status method_edit_set_question(const struct method *method, const char *id,
                                     const struct question *question, struct arena *arena,
                                     const struct method **ret_method)
{
    struct part part;
    size_t in, at;
    if (!find_question(method, id, &part, &in, &at))
        return ERR_NOT_FOUND;
    const struct phase *p = &part.phases[in];
    struct question set = *question;
    set.id = p->questions[at].id;
    return with_questions(
        method, &part, in,
        with_other_item(arena, p->questions, p->question_count, sizeof set, at, &set),
        p->question_count, arena, ret_method);
}

/* --- preparations
 * ------------------------------------------------------------------------------------- */

static bool find_preparation(const struct method *method, enum method_part who, size_t *ret_at)
{
    for (size_t i = 0; i < method->preparation_count; i++)
        if (method->preparations[i].who == who) {
            *ret_at = i;
            return true;
        }
    return false;
}

static enum status with_preparations(const struct method *method,
                                     const struct method_preparation *preparations, size_t count,
                                     struct arena *arena, const struct method **ret_method)
{
    struct method *made = arena_memdup(arena, method, sizeof *method);
    if (!made || !preparations)
        return ERR_NOMEM;
    made->preparations = preparations;
    made->preparation_count = count;
    *ret_method = made;
    return OK;
}

enum status method_edit_add_preparation(const struct method *method, enum method_part who,
                                        const struct phase *phase, struct arena *arena,
                                        const struct method **ret_method)
{
    size_t at, phases, questions;
    if (find_preparation(method, who, &at))
        return ERR_CONFLICT;
    count_all(method, &phases, &questions);
    if (phases >= METHOD_PHASES_MAX)
        return ERR_LIMIT;
    struct method_preparation made = {.who = who,
                                      .days_before = METHOD_DAYS_BEFORE,
                                      .phases = arena_memdup(arena, phase, sizeof *phase),
                                      .phase_count = 1};
    if (!made.phases)
        return ERR_NOMEM;
    return with_preparations(method,
                             with_item(arena, method->preparations, method->preparation_count,
                                       sizeof made, method->preparation_count, &made),
                             method->preparation_count + 1, arena, ret_method);
}

enum status method_edit_set_preparation(const struct method *method, enum method_part who,
                                        int days_before, struct method_text letter,
                                        struct arena *arena, const struct method **ret_method)
{
    size_t at;
    if (!find_preparation(method, who, &at))
        return ERR_NOT_FOUND;
    struct method_preparation set = method->preparations[at];
    set.days_before = days_before;
    set.letter = letter;
    return with_preparations(method,
                             with_other_item(arena, method->preparations, method->preparation_count,
                                             sizeof set, at, &set),
                             method->preparation_count, arena, ret_method);
}

enum status method_edit_remove_preparation(const struct method *method, enum method_part who,
                                           struct arena *arena, const struct method **ret_method)
{
    size_t at;
    if (!find_preparation(method, who, &at))
        return ERR_NOT_FOUND;
    return with_preparations(method,
                             without_item(arena, method->preparations, method->preparation_count,
                                          sizeof *method->preparations, at),
                             method->preparation_count - 1, arena, ret_method);
}

/* --- references
 * --------------------------------------------------------------------------------------- */

/* In a preparation only its own questions come before; in the conversation all preparations do. */
static const struct question *asked_before(const struct method *method, size_t number,
                                           const struct question *end, const char *id)
{
    for (size_t n = 0; n <= method->preparation_count; n++) {
        if (number != 0 && n != number)
            continue;
        struct part part = part_of(method, n);
        for (size_t i = 0; i < part.count; i++)
            for (size_t k = 0; k < part.phases[i].question_count; k++) {
                const struct question *q = &part.phases[i].questions[k];
                if (q == end) {
                    i = part.count - 1; /* what comes later in this part does not count */
                    break;
                }
                if (str_equal(q->id, id))
                    return q;
            }
    }
    return NULL;
}

static bool is_broken(const struct method *method, size_t number, const struct question *question)
{
    if (question->shows && !asked_before(method, number, question, question->shows))
        return true;
    if (!question->when_question)
        return false;
    const struct question *asked = asked_before(method, number, question, question->when_question);
    if (!asked)
        return true;
    for (size_t i = 0; i < question->when_count; i++)
        if (!question_may_choose(asked, question->when_is[i]))
            return true;
    return false;
}

static const struct question *broken_in(const struct method *method, size_t number)
{
    struct part part = part_of(method, number);
    for (size_t i = 0; i < part.count; i++)
        for (size_t k = 0; k < part.phases[i].question_count; k++)
            if (is_broken(method, number, &part.phases[i].questions[k]))
                return &part.phases[i].questions[k];
    return NULL;
}

const struct question *method_edit_broken(const struct method *method)
{
    const struct question *broken = NULL;
    for (size_t n = 1; !broken && n <= method->preparation_count; n++)
        broken = broken_in(method, n);
    return broken ? broken : broken_in(method, 0);
}

enum status method_edit_before(const struct method *method, const char *id, struct arena *arena,
                               const struct question ***ret_questions, size_t *ret_count)
{
    const struct question *end = method_question(method, id);
    struct part within;
    size_t in, at, count = 0;
    const struct question **list =
        ARENA_ARRAY(arena, const struct question *, METHOD_QUESTIONS_MAX);
    if (!end || !find_question(method, id, &within, &in, &at))
        return ERR_NOT_FOUND;
    if (!list)
        return ERR_NOMEM;
    for (size_t n = 1; n <= method->preparation_count + 1; n++) { /* the conversation comes last */
        struct part part = part_of(method, n % (method->preparation_count + 1));
        for (size_t i = 0; i < part.count; i++)
            for (size_t k = 0; k < part.phases[i].question_count; k++)
                if (count < METHOD_QUESTIONS_MAX &&
                    asked_before(method, within.number, end, part.phases[i].questions[k].id))
                    list[count++] = &part.phases[i].questions[k];
    }
    *ret_questions = list;
    *ret_count = count;
    return OK;
}
