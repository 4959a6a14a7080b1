/*
 * tr: the text of the program in the reader's language. English is the source and the key; po/nl.po
 * is complete by test. Reads gettext's .mo format that the build embeds (so: xgettext, msgmerge and
 * msgfmt, but not libintl, which needs locales of the machine and process-wide state).
 * A `struct tr` is constant and shared by all threads.
 */
#ifndef I18N_TR_H
#define I18N_TR_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/status.h"

struct arena;
struct tr;

enum lang { LANG_NL, LANG_EN };
#define LANG_COUNT 2

/*
 * Reads .mo data, which is kept by reference; NULL for the source language. ERR_INVALID when it is
 * broken or has another plural rule than n != 1, ERR_NOMEM. Heap; tr_free() gives it back.
 */
NODISCARD enum status tr_new(enum lang lang, const void *mo, size_t len, struct tr **ret_tr);
void tr_free(struct tr *tr);

/* The program's own catalogues, made once by main; index by enum lang. Fails as tr_new. */
NODISCARD enum status tr_load_all(struct tr *ret_tr[LANG_COUNT]);
void tr_free_all(struct tr *tr[LANG_COUNT]);

enum lang tr_lang(const struct tr *tr);
const char *tr_code(const struct tr *tr); /* "nl", "en": for <html lang> */

/* The translation, or `id` itself. Never NULL. */
const char *tr(const struct tr *tr, const char *id);
/* By number: ids "one" and "other", as gettext's ngettext; 1 alone is "one". Never NULL. */
const char *trn(const struct tr *tr, const char *one, const char *other, int64_t n);

/*
 * A translated sentence with values, in the arena: {0} … {9} stand for the strings that follow.
 * Named by number so that a translation may reorder them. `count` (0 … 10) strings follow; NULL is
 * "". What stands in a value is not filled in again. "" when the arena is full.
 *   trf(t, arena, "{0} of {1} spoken with", 2, "14", "24")
 */
const char *trf(const struct tr *tr, struct arena *arena, const char *id, int count, ...);
/* Dates for people; "" for a date that is not set. In Dutch: */
/* "dinsdag 24 november 2026" */
const char *tr_date_long(const struct tr *tr, struct arena *arena, struct date d);
/* "vandaag", "gisteren", "morgen", "dinsdag 24 november"; in another year than today's as
 * tr_date_long. */
const char *tr_date_day(const struct tr *tr, struct arena *arena, struct date d, struct date today);
/* "24 nov" */
const char *tr_date_short(const struct tr *tr, struct arena *arena, struct date d);
/* "24 november 2026" */
const char *tr_date_full(const struct tr *tr, struct arena *arena, struct date d);
/* "9.05"; "09:05" in English. */
const char *tr_time(const struct tr *tr, struct arena *arena, struct local_time time);

/* Marks a constant for xgettext without translating it there. */
#define N_(text) text

#endif
