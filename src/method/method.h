/*
 * method: a kind of conversation (gespreksvorm) as data: who talks about what, in which phases,
 * with which questions, cues and outcomes. Read from YAML (methods/README.md is the format, for
 * schools), checked once, and never changed afterwards: everything here is const and lives in the
 * arena that it was read into. Knows the form of a method; refuses to know answers, people and the
 * database.
 */
#ifndef METHOD_METHOD_H
#define METHOD_METHOD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;

#define METHOD_FILE_MAX ((size_t)256 * 1024) /* bytes of YAML */
#define METHOD_NAME_MAX 40                   /* of ids: method, phase, question, option */
#define METHOD_QUESTIONS_MAX 120             /* of one method, preparations included */
#define METHOD_PHASES_MAX 24
#define METHOD_OPTIONS_MAX 40
#define METHOD_VOICES_MAX 5
#define METHOD_DAYS_BEFORE 4 /* when a preparation does not say how many days before */

/* The numbers are stored with answers. */
enum voice {
    VOICE_NONE = 0,
    VOICE_PUPIL = 1,
    VOICE_TEACHER = 2, /* any member of staff who holds the conversation */
    VOICE_GUARDIAN = 3,
    VOICE_OTHER = 4,
    VOICE_TOGETHER = 5,
};

/* For whom words and controls are: the numbers of enum age_band (group/group.h), and adults. */
enum band { BAND_NONE = 0, BAND_4_6 = 1, BAND_7_9, BAND_8_12, BAND_12_18, BAND_ADULT };

enum method_about { ABOUT_PUPIL = 1, ABOUT_PUPILS, ABOUT_GROUP, ABOUT_STAFF };

enum method_part { /* bits: who takes part, and who prepares */
                   PART_PUPIL = 1 << 0,
                   PART_PUPILS = 1 << 1,
                   PART_TEACHER = 1 << 2,
                   PART_COORDINATOR = 1 << 3,
                   PART_GUARDIAN = 1 << 4,
                   PART_EXTERNAL = 1 << 5,
};

enum method_topic { TOPIC_WELLBEING = 1, TOPIC_LEARNING, TOPIC_SUBJECT_MATTER };

enum method_closing { /* bits */
                      CLOSING_THANKS = 1 << 0,
                      CLOSING_OVERVIEW = 1 << 1,
                      CLOSING_AGREEMENTS = 1 << 2,
                      CLOSING_LOOK_BACK = 1 << 3,
                      CLOSING_SHARING = 1 << 4,
                      CLOSING_PUPIL_VIEW = 1 << 5,
                      CLOSING_LISTENING = 1 << 6,
};

/* A text in its languages; `lang` is "nl", "en", "tr" … */
struct method_wording {
    const char *lang;
    const char *text;
};
struct method_text {
    const struct method_wording *wordings;
    size_t count;
};

struct question_option {
    const char *id;
    struct method_text label;
    const char *picture; /* symbol without "a-", or NULL */
};

struct question {
    const char *id;
    const char *kind; /* name of an answer kind (answer/kind.h) */
    struct method_text ask;
    struct method_text ask_for[BAND_ADULT + 1]; /* count 0: as `ask` */
    struct method_text help;
    const struct method_text *follow_ups;
    size_t follow_up_count;
    enum voice voices[METHOD_VOICES_MAX];
    size_t voice_count; /* at least 1 */
    bool may_skip;
    const char *when_question; /* NULL: always asked */
    const char *const *when_is;
    size_t when_count;
    const char *shows; /* id of an earlier question, or NULL */
    const char *picture;
    const struct question_option *options;
    size_t option_count;
    struct method_text ends[2]; /* of a scale */
    int number;                 /* faces, scale, certainty; 0: not said */
    int most;                   /* characters or words; 0: the kind's own */
    int lines;                  /* on paper; 0: the method's */
    const char *background;     /* of a drawing, or NULL */
    const char *const *tags;
    size_t tag_count;
    int line; /* in the file, for messages */
};

struct method_cue {
    const char *name;        /* of the list in cue.h, or NULL for an own text */
    struct method_text text; /* own text */
};

struct phase {
    const char *id;
    struct method_text title, purpose;
    const struct method_cue *cues;
    size_t cue_count;
    bool has_summary;
    const struct question *questions;
    size_t question_count;
};

/* What one participant thinks over and fills in beforehand. */
struct method_preparation {
    enum method_part who; /* one bit */
    int days_before;
    struct method_text letter;
    const struct phase *phases;
    size_t phase_count;
};

struct method {
    const char *key;
    int version;
    struct method_text title, purpose;
    const char *const *source_tags;
    size_t source_tag_count;
    const char *source_cite;
    unsigned bands; /* bit n set for enum band n */
    unsigned tiers; /* bit n set for tier n */
    enum method_about about;
    unsigned takes_part; /* enum method_part bits */
    int minutes;
    enum method_topic topic;
    const struct method_preparation *preparations;
    size_t preparation_count;
    const struct phase *phases;
    size_t phase_count;
    unsigned closing; /* enum method_closing bits */
    int lines;        /* per question on paper */
};

/* One thing that is wrong with a file, in plain words. */
struct method_problem {
    int line;            /* 1 …; 0: the file as a whole */
    const char *message; /* msgid; {0} stands for `about` */
    const char *about;   /* a word of the file, or NULL */
};
#define METHOD_PROBLEMS_MAX 50

/*
 * What the reader asks about kinds of answer, so that it need not know them (answer/kind.h gives
 * one). `fits` answers NULL when the question has all its kind needs, else a msgid.
 */
struct method_kinds {
    bool (*known)(const char *kind);
    const char *(*fits)(const struct question *question);
};

/*
 * Reads a method. `data` may be anything: it is untrusted. OK with *ret_method, or ERR_INVALID with
 * at least one problem (at most METHOD_PROBLEMS_MAX, in file order); ERR_NOMEM. Everything lives in
 * `arena`. Linear in `len`; more than METHOD_FILE_MAX, deeper than 12 levels, anchors, aliases,
 * tags and a second document are refused.
 */
NODISCARD enum status method_read(const char *data, size_t len, const struct method_kinds *kinds,
                                  struct arena *arena, const struct method **ret_method,
                                  struct method_problem **ret_problems, size_t *ret_problem_count);

/* The text in `lang`, else in English, else in the first language there is; "" when empty. */
const char *method_say(const struct method_text *text, const char *lang);

/* The question's words for a band: `ask_for` when there are any, else `ask`. */
const char *question_words(const struct question *question, enum band band, const char *lang);

/* By id, anywhere in the method (preparations too). NULL when there is none. */
const struct question *method_question(const struct method *method, const char *id);
/* The phase that holds it, and NULL for a question of a preparation when ret_preparation says
 * which. */
const struct phase *method_phase_of(const struct method *method, const char *question,
                                    const struct method_preparation **ret_preparation);
/* The preparation of one kind of participant, or NULL. */
const struct method_preparation *method_preparation_of(const struct method *method,
                                                       enum method_part who);

/*
 * The id under which a phase's summary is answered: "summary-PHASE". Reserved: a file may not use
 * ids that start with "summary-".
 */
#define METHOD_SUMMARY_PREFIX "summary-"

/*
 * Photos of the paper that a conversation or a preparation was filled in on: "paper-talk-1",
 * "paper-pupil-1" … Reserved in the same way.
 */
#define METHOD_PAPER_PREFIX "paper-"

#endif
