/*
 * name_fields_web: the fields by which people are called, the same in the forms of pupils, staff
 * and guardians. Knows a name; refuses to know whose it is and what else their form asks.
 */
#ifndef PERSON_NAME_FIELDS_WEB_H
#define PERSON_NAME_FIELDS_WEB_H

#include "person/person.h"
#include "web/form.h"

/* call, prefix and family, at the head of a form's fields. */
#define NAME_FIELDS                                                                                \
    {.name = "call", .kind = FIELD_TEXT, .max = PERSON_NAME_MAX, .label = N_("Call name")},        \
        {.name = "prefix",                                                                         \
         .kind = FIELD_TEXT,                                                                       \
         .max = PERSON_NAME_MAX,                                                                   \
         .label = N_("Prefix"),                                                                    \
         .hint = N_("Like van der.")},                                                             \
    {                                                                                              \
        .name = "family", .kind = FIELD_TEXT, .max = PERSON_NAME_MAX, .label = N_("Family name")   \
    }

void name_fields_fill(struct form_values *values, const struct person *person);

/* `person` with the names of the form; what the form does not show stays as it was. */
struct person name_fields_read(const struct form_values *values, struct person person);

/* Marks the form when all else in it is right and nobody could be called that. */
void name_fields_check(struct form_values *values, const struct person *person);

#endif
