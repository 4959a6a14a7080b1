/*
 * thing_web: how goals, needs, agreements and child plans are drawn and kept: as cards in a list,
 * on a page of their own with their history, in a dossier, on a pupil's own place, and as a block
 * in the form of a conversation. The subjects fill cards and forms; here is what these have in
 * common.
 */
#ifndef GOAL_THING_WEB_H
#define GOAL_THING_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/outcomes_web.h"
#include "goal/thing_life.h"
#include "pupil/pupil_web.h"
#include "web/form.h"
#include "web/route.h"

struct evidence_form;
struct web;

#define THING_BACK_MAX 160
#define THING_FACTS_MAX 12
#define THING_ACTS_MAX 4

/* Where somebody looks from: its forms post to `base` and the path of the thing. */
struct thing_spot {
    struct thing_place place;
    const char *base;       /* "/leerling/…", "/gesprek/…", "/ik", "/ik/gesprek/…" */
    const char *back;       /* path to come back to after a post; "" the list or page itself */
    const char *question;   /* of the conversation, "" */
    enum voice voice;       /* the first voice of that question; else by who writes */
    const char *call;       /* the pupil's, or the group's name */
    bool is_self;           /* the pupil looks */
    bool is_young;          /* and reads little or nothing yet */
    enum age_band age_band; /* of the pupil's group */
    bool is_shared;         /* a screen that the pupil reads too */
    bool may_write;
    struct outcome_common *common; /* never NULL: what else of the page has read */
};
/* From the ids in the path. */
NODISCARD enum status thing_spot(struct web *web, struct thing_spot *ret);
NODISCARD enum status thing_spot_of(struct web *web, const struct outcome_place *place,
                                    struct thing_spot *ret);

/* A form that draws itself from its declared fields; ids carry the prefix, for a page has many. */
struct thing_form {
    const struct form_values *values;
    const char *action, *prefix, *title, *button;
    unsigned hidden; /* bit per field that is not asked here, and goes along as it is */
    const struct form_option *who, *also, *goals; /* for the fields "who", "also" and "goal" */
    size_t who_count, also_count, goal_count;
    const char *theirs; /* what stands when another text was kept meanwhile, or NULL */
    const char *tips;        /* id of the control with questions under it that sharpen, or NULL */
    const char *sharpen_url; /* the goal sharpener of this pupil; with tips */
    bool is_open, is_change;
};

struct thing_fact {
    const char *label, *text;
};
struct thing_act {
    const char *act, *label, *icon;
};
/* A step, a look, a place: what happened on the way. */
struct thing_event {
    const char *when, *what, *text, *icon;
    const char *step; /* id of a step that can be done, or NULL */
    bool is_done;
    /* Of evidence (evidence_web.h); NULL: none. */
    bool is_evidence;
    const char *photo_url, *file_url;
    const struct answer_view *drawing;
    const char *away, *away_url; /* to take it away: its id and where to */
};

struct thing_card {
    const char *id, *title, *picture;
    const char *voice_class, *who;
    const char *state, *state_class, *state_icon; /* "" while it is open */
    struct thing_fact facts[THING_FACTS_MAX];
    size_t fact_count;
    struct thing_event *events;
    size_t event_count;
    int place, places; /* how far, of how many; 0: not said */
    const char *url, *act_url, *back;
    const char *fresh; /* id for what an act adds */
    struct thing_act acts[THING_ACTS_MAX];
    size_t act_count;
    const struct thing_form *form; /* to change it, or NULL */
    const char *party;             /* how it is celebrated, "" not yet */
    bool is_open, may_step, may_place, may_prove, may_check, may_party, may_replace, may_evaluate;
    bool may_tell;                       /* how it went, once it ended */
    bool asks_place;                     /* the place is asked outright, not behind a fold */
    bool may_lesson;                     /* staff, on a page of their own */
    const struct evidence_form *evidence; /* on a page of its own, or NULL */
    const char *outcome, *next, *lesson; /* for the forms of looking back */
    const char *became_url;              /* what it went on as, or NULL */
    const char *share_url;               /* who may know it, of no conversation; or NULL */
    const char *talk_url;                /* to plan a conversation that follows, or NULL */
};

/* What belongs to a goal. */
struct thing_belonging {
    const char *label, *text, *icon, *url; /* url may be NULL */
    bool is_over;
};

struct thing_section {
    const char *title, *lead, *empty, *art, *key;
    const struct thing_card *cards;
    size_t count;
    const struct thing_form *form; /* to add one, or NULL */
};

/* A tab of the dossier, or a page of the pupil's own place. */
struct things_view {
    struct dossier_head head;
    const char *title, *symbol;
    int colour;
    bool is_young;
    struct thing_section sections[2];
    size_t section_count;
};

struct thing_history {
    const char *when, *who, *state, *text;
};

/* One thing. */
struct thing_view {
    const char *about, *about_url, *list, *list_url, *title;
    const struct thing_card *card;
    const struct thing_history *history;
    size_t history_count;
    const struct thing_belonging *belongings;
    size_t belonging_count;
    const void *sheet; /* of a plan (plan/child_plan_web.h) */
    html_body *draw_sheet;
    const void *picture; /* of the way to a goal (goal/goal_road_web.h) */
    html_body *draw_picture;
    bool is_self, is_young;
};

/* A block in the form of a conversation. */
struct thing_block {
    const char *key;
    const struct thing_card *earlier; /* still open, from before */
    size_t earlier_count;
    const struct thing_card *cards; /* of this conversation and question */
    size_t count;
    const struct thing_form *form;
    bool is_self, is_young;
};

void thing_fact(struct thing_card *card, const char *label, const char *text);
void thing_act(struct thing_card *card, const char *act, const char *label, const char *icon);
/* "Noor", "Together" … and the class of the bar. */
void thing_voice(struct web *web, const struct thing_spot *spot, enum voice voice,
                 struct thing_card *card);
const char *thing_day(struct web *web, struct date day); /* "" when unset */
const char *thing_moment(struct web *web, int64_t at_ms);
const char *thing_party_text(struct web *web, enum party party);
/* The voice in which this actor writes from this spot. */
enum voice thing_voice_of(const struct web *web, const struct thing_spot *spot);

/* Every form has these: version, question, back. */
#define THING_FORM_FIELDS                                                                          \
    {.name = "version", .kind = FIELD_HIDDEN, .max = 12},                                          \
        {.name = "question", .kind = FIELD_HIDDEN, .max = THING_QUESTION_MAX},                     \
    {                                                                                              \
        .name = "back", .kind = FIELD_HIDDEN, .max = THING_BACK_MAX                                \
    }
void thing_form_common(struct web *web, const struct thing_spot *spot, struct form_values *values,
                       int version);
int thing_version_sent(const struct web *web);
/* Is the id, in its URL form, among those chosen in field `i`? For the template. */
bool thing_has_id(const struct thing_form *form, size_t i, const char *id);

/* What is done with a thing: one form for all acts. */
extern const struct form thing_act_form;

/* Back to where the form stood, else to `format` under the spot. */
NODISCARD enum status thing_go_back(struct web *web, const struct thing_spot *spot,
                                    const char *list, int64_t id);

NODISCARD enum status thing_histories(struct web *web, const struct thing_spot *spot,
                                      const struct thing_version *versions, size_t count,
                                      const char *const *states, enum thing_kind kind,
                                      const struct thing_history **ret);

/* Pages. thing_page answers 409 with what stands when `theirs` is set in the card's form. */
NODISCARD enum status things_page(struct web *web, struct things_view *view, enum dossier_tab tab);
NODISCARD enum status thing_page(struct web *web, const struct thing_spot *spot,
                                 struct thing_view *view);

/* For blocks: the plain text of the cards, a line each. */
const char *thing_block_text(struct web *web, const void *view);

#endif
