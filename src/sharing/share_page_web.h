/*
 * share_page_web: one page of choices, what it holds and how it is drawn: things × readers of a
 * conversation, or of what came up in none. For sharing_web.c, which keeps what is chosen.
 */
#ifndef SHARING_SHARE_PAGE_WEB_H
#define SHARING_SHARE_PAGE_WEB_H

#include "sharing/sharing_web.h"

struct share_page {
    struct conversation *c; /* opened; NULL: what came up in no conversation */
    struct pupil_id pupil;
    const char *base; /* "/gesprek/…", "/ik/gesprek/…", "/leerling/…", "/ik" */
    struct sharing_book book;
    struct sharing_reader *readers;
    struct shared_thing *things;
    const struct shared_thing *whole; /* the first of them: the conversation as a whole; or NULL */
    size_t reader_count, thing_count;
};

/* Reads all of it; `c` (or NULL) and `pupil` are given, and the caller asked whether it may be
 * written. */
NODISCARD enum status share_page_load(struct web *web, struct conversation *c,
                                      struct pupil_id pupil, struct share_page *ret);
NODISCARD enum status share_page_fill(struct web *web, const struct share_page *page,
                                      struct share_view *ret);

/*
 * The field of one choice. It names thing and reader, not rows and columns: what was added
 * meanwhile moves nobody's choice. At most ANSWER_PART_NAME_MAX characters, as
 * answer_from_request() takes.
 */
const char *share_cell_part(struct web *web, const struct shared_thing *thing,
                            const struct sharing_reader *reader);
/* What the box of this verdict shows. */
enum sharing_choice share_choice(struct sharing_verdict verdict);

#endif
