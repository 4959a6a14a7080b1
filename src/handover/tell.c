#include "handover/tell.h"

#include "agreement/agreement.h"

static bool is_others(const struct shared_thing *thing)
{
    return thing->kind == SHARED_ANSWER &&
           (thing->author_kind == ACTOR_GUARDIAN || thing->author_kind == ACTOR_EXTERNAL ||
            thing->voice == VOICE_GUARDIAN || thing->voice == VOICE_OTHER);
}

static bool school_carries_out(const struct shared_thing *thing)
{
    return thing->kind == SHARED_AGREEMENT && thing->agreement &&
           thing->agreement->who_kind == WHO_STAFF;
}

static bool is_closed(enum sharing_why why)
{
    return why == WHY_NO || why == WHY_SELF;
}

enum tell_why tell_of(const struct sharing_book *book, const struct shared_thing *thing,
                      const struct sharing_reader *readers, size_t count)
{
    bool opened = false;
    if (is_others(thing))
        return TELL_OTHERS_WORDS;
    if (school_carries_out(thing))
        return TELL_YES;
    for (size_t i = 0; i < count; i++) {
        struct sharing_verdict verdict = sharing_may_see(book, thing, &readers[i]);
        if (is_closed(verdict.why))
            return TELL_CLOSED;
        opened |= verdict.sees && verdict.why == WHY_YES;
    }
    bool wants_yes = thing->kind == SHARED_ANSWER || thing->kind == SHARED_CONVERSATION ||
                     sharing_needs_pupil(thing->kind, READER_COLLEAGUE, book->age);
    return opened || !wants_yes ? TELL_YES : TELL_NOT_OPENED;
}
