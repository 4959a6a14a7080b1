/*
 * dossier_json: one pupil's dossier as JSON, as docs/export.md describes it: for an access request
 * and as a part of a school's export. Everything that was written in the dossier, with every
 * version; no working notes (they are their author's) and nothing with which somebody signs in.
 */
#ifndef OPERATE_DOSSIER_JSON_H
#define OPERATE_DOSSIER_JSON_H

#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"

struct json_t;
struct tr;
struct work;

/*
 * Names of the school's staff by id, read once per export. In the work's arena.
 */
struct staff_names;
NODISCARD enum status staff_names_read(struct work *work, struct staff_names **ret_names);

enum dossier_scope {
    /* What parents or pupil may have: nothing about one guardian that another may not know. */
    DOSSIER_FOR_PERSON,
    DOSSIER_FOR_SCHOOL,
};

/*
 * In a READ transaction. `tr`: in which language questions and answers read. The caller owns the
 * object (json_decref). ERR_NOT_FOUND when there is no such pupil or it was erased.
 */
NODISCARD enum status dossier_json(struct work *work, struct pupil_id pupil,
                                   enum dossier_scope scope, const struct staff_names *names,
                                   const struct tr *tr, struct json_t **ret_dossier);

/*
 * What a group has of its own (K18): its conversations with what was said together, and the
 * agreements and plans that came out of them. Only in a school's export: an access request is about
 * one pupil, and holds what that pupil said in the group. ERR_NOT_FOUND when the group has none.
 */
NODISCARD enum status dossier_json_of_group(struct work *work, struct group_id group,
                                            const struct staff_names *names, const struct tr *tr,
                                            struct json_t **ret_dossier);

/* The name of part `i`, NULL past the last: every sealed column says in which of them it comes. */
const char *dossier_part(size_t i);

#endif
