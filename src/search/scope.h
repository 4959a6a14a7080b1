/*
 * scope: what one actor may search: whose dossiers, which conversations. Read once per search, in
 * two statements, and then asked for every row; the rules of access/access.c, for many at once.
 * Inside this folder only.
 */
#ifndef SEARCH_SCOPE_H
#define SEARCH_SCOPE_H

#include "conversation/conversation.h"
#include "gen/search_sql.h"
#include "search/search.h"
#include "vault/vault.h"

enum reads { READS_NOTHING, READS_NAME, READS_DOSSIER };

/* A pupil, or a group in its own dossier. */
struct owner {
    const struct sql_search_owners *row;
    bool is_group;
    enum reads reads;
    bool supports;    /* helps in the pupil's group: reads what they noted themselves */
    const char *name; /* NULL: not opened yet */
    const char *letters;
    unsigned named; /* bits of the words that stand in the name */
    bool has_key, is_gone;
    struct vault_key key;
    struct found_about *about; /* what was found of it */
};

/* A conversation that the actor may read. */
struct scope_talk {
    struct conversation
        c; /* id, pupil, group, method, state, may_read: what conversation/see.h asks */
    struct owner *owner; /* whom it is about */
    const struct sql_search_talks *row;
    struct date day;
};

struct scope {
    struct work *work; /* results and names live in its arena */
    const struct search_words *words;
    bool whole;           /* reads every dossier of the school */
    struct owner *owners; /* by id */
    size_t owner_count;
    struct scope_talk *talks; /* by id */
    size_t talk_count;
    /* Versions of methods that were looked up: a school uses a few, and most conversations have the
     * same. */
    struct scope_method {
        struct method_version_id id;
        const struct method *method;
    } * methods;
    size_t method_count;
};

/* `only`: one pupil, or none. Ended by scope_wipe(), also after a failure. */
NODISCARD enum status scope_load(struct scope *scope, struct pupil_id only);
void scope_wipe(struct scope *scope);

/* NULL when there is none that can be opened. */
struct owner *scope_owner(const struct scope *scope, int64_t id);
/* NULL for one the actor may not read. */
struct scope_talk *scope_talk(const struct scope *scope, int64_t id);

/* The key, opened once. ERR_NOT_FOUND for a dossier that was erased meanwhile. */
NODISCARD enum status scope_key(struct scope *scope, struct owner *owner,
                                const struct vault_key **ret_key);
/* Opens the name, and sees which words stand in it. */
NODISCARD enum status scope_name(struct scope *scope, struct owner *owner);

#endif
