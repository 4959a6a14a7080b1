/*
 * dossier_paper: one dossier as a PDF that people read: what dossier_json() gave, laid out, so that
 * both say the same. And the two together with photos and files, in one zip: the answer to an
 * access request (R13).
 */
#ifndef OPERATE_DOSSIER_PAPER_H
#define OPERATE_DOSSIER_PAPER_H

#include "base/bytes.h"
#include "base/date.h"
#include "base/status.h"
#include "i18n/tr.h"

struct arena;
struct json_t;
struct paper_press;

/* `dossier`: the whole document, as docs/export.md describes it. Statuses of paper_print(). */
NODISCARD enum status dossier_paper(const struct json_t *document, const struct tr *tr,
                                    struct paper_press *press, struct arena *arena,
                                    struct bytes *ret_pdf);

/* dossier.json, dossier.pdf and bijlagen/…. Statuses of dossier_paper() and zip_store(). */
NODISCARD enum status dossier_zip(const struct json_t *document, const struct tr *tr,
                                  struct paper_press *press, struct date day, struct arena *arena,
                                  struct bytes *ret_zip);

/* The document around a dossier; takes `dossier` over. NULL when memory is out. */
struct json_t *dossier_document(struct arena *arena, int64_t now_ms, const char *school,
                                const char *brin, struct json_t *dossier);

#endif
