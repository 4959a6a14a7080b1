#include "person/name_fields_web.h"

#include "i18n/tr.h"

void name_fields_fill(struct form_values *values, const struct person *person)
{
    form_set(values, "call", person->call);
    form_set(values, "prefix", person->prefix);
    form_set(values, "family", person->family);
}

struct person name_fields_read(const struct form_values *values, struct person person)
{
    person.call = form_text(values, "call");
    person.prefix = form_text(values, "prefix");
    person.family = form_text(values, "family");
    return person;
}

void name_fields_check(struct form_values *values, const struct person *person)
{
    if (form_valid(values) && !person_valid(person))
        form_error(values, "call", N_("Fill in a name."));
}
