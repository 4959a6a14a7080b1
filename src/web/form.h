/*
 * form: the declared fields of a POST (or of a GET's query), their limits and their messages. The
 * same array validates the input and draws the controls, so they cannot disagree. A field that is
 * not declared does not exist for the handler.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/status.h"

struct arena;
struct http_request;
struct web;

#define FORM_FIELDS_MAX 40
#define FORM_IDS_MAX 200
#define FORM_WORDS_MAX 200 /* more of one name is no form */

enum field_kind {
    FIELD_TEXT,     /* one line, trimmed */
    FIELD_LONG,     /* several lines; line ends become \n */
    FIELD_DATE,     /* ISO or as people type it */
    FIELD_TIME,     /* of the day, "10:40" or "10.40"; number is minutes since midnight */
    FIELD_IDS,      /* ids in their URL form; the name may come many times */
    FIELD_WORDS,    /* short texts; the name may come many times: text has them in their order, a line each */
    FIELD_NUMBER,   /* whole number between min and max */
    FIELD_CHOICE,   /* one of the values of `choices` */
    FIELD_CHECK,    /* present or not */
    FIELD_ID,       /* an id in its URL form */
    FIELD_PASSWORD, /* kept as typed, never shown again */
    FIELD_EMAIL,    /* trimmed, lower-cased in the ASCII part, must look like an address */
    FIELD_FILE,     /* an uploaded file (multipart) */
    FIELD_HIDDEN,   /* text without a control */
};

struct choice {
    const char *value;
    const char *label; /* msgid */
};

struct field {
    const char *name;
    enum field_kind kind;
    bool required;
    size_t max;  /* characters; FIELD_FILE: bytes. Never 0 for texts */
    int64_t min_value, max_value;
    const struct choice *choices; /* ended by value NULL */
    const char *label; /* msgid, N_() */
    const char *hint;  /* msgid or NULL */
    const char *autocomplete; /* HTML token or NULL */
};

struct form {
    const struct field *fields;
    size_t count;
};

#define FORM(name, array)                                                                          \
    static const struct form name = {.fields = (array), .count = sizeof(array) / sizeof((array)[0])}

/* What came in, by the position of the field in the form. Lives in the request's arena. */
struct form_values {
    const struct form *form;
    const char *text[FORM_FIELDS_MAX];  /* as typed (passwords too); "" when absent */
    const char *error[FORM_FIELDS_MAX]; /* msgid of what is wrong, NULL when fine */
    const char *error_value[FORM_FIELDS_MAX]; /* {0} in the message, or NULL */
    int64_t number[FORM_FIELDS_MAX];    /* NUMBER, ID, CHECK (0/1), CHOICE (position) */
    struct date date[FORM_FIELDS_MAX];
    const int64_t *ids[FORM_FIELDS_MAX]; /* IDS: as many as number[] says */
    struct bytes file[FORM_FIELDS_MAX];
    const char *file_name[FORM_FIELDS_MAX];
    bool sent; /* a body (or query) was there to read */
};

/*
 * Reads and checks. ERR_INVALID only for a body that is not a form at all (wrong type, broken
 * encoding, NUL); single fields' problems go into `error`. Both form encodings are understood.
 */
NODISCARD enum status form_read(const struct form *form, const struct http_request *request,
                                struct arena *arena, struct form_values *ret_values);
NODISCARD enum status form_read_query(const struct form *form, const struct http_request *request,
                                      struct arena *arena, struct form_values *ret_values);

/* The value of an undeclared technical field ("csrf"), or "". */
const char *form_raw(const struct http_request *request, struct arena *arena, const char *name);

bool form_valid(const struct form_values *values);

/* By name; a name that the form does not declare stops a debug build (assert). */
size_t form_index(const struct form *form, const char *name);
const char *form_text(const struct form_values *values, const char *name);
int64_t form_number(const struct form_values *values, const char *name);
struct date form_date(const struct form_values *values, const char *name);
/* FIELD_WORDS: whether one of them is this. */
bool form_has_word(const struct form_values *values, const char *name, const char *word);
/* FIELD_IDS: all that came in, in their order. */
const int64_t *form_ids(const struct form_values *values, const char *name, size_t *ret_count);
bool form_has_id(const struct form_values *values, const char *name, int64_t id);
bool form_checked(const struct form_values *values, const char *name);

/* A rule of the subject that failed for this field: msgid, shown next to it. */
void form_error(struct form_values *values, const char *name, const char *message);

/* Empty values of a form that is shown for the first time: all texts "". */
void form_begin(struct form_values *values, const struct form *form);

/* Choices that are only known when the page is drawn, for FIELD_ID and FIELD_NUMBER. */
struct form_option {
    const char *value; /* an id in its URL form, or a number */
    const char *label; /* in the reader's language */
};

/* Puts a value in before a form is shown for the first time. */
void form_set(struct form_values *values, const char *name, const char *text);
void form_check(struct form_values *values, const char *name, bool checked);

#endif
