/*
 * edexml_rules: which element of EDEXML means what, by where it stands. A table, so that a reviewer
 * can hold it beside the standard: what is not in here is never read.
 */
#ifndef ROSTER_EDEXML_RULES_H
#define ROSTER_EDEXML_RULES_H

/* Where the parser stands. */
enum place {
    PLACE_OUTSIDE, /* around the root: a SOAP envelope, or nothing */
    PLACE_ROOT,
    PLACE_SCHOOL,
    PLACE_LOCATIONS,
    PLACE_LOCATION,
    PLACE_GROUPS,
    PLACE_GROUP,
    PLACE_COMBINED,
    PLACE_PUPILS,
    PLACE_PUPIL,
    PLACE_PUPIL_GROUP,
    PLACE_PUPIL_COMBINEDS,
    PLACE_PUPIL_COMBINED,
    PLACE_PUPIL_LOCATION,
    PLACE_STAFFS,
    PLACE_STAFF,
    PLACE_STAFF_GROUPS,
    PLACE_STAFF_GROUP,
    PLACE_FIELD,   /* text that is kept: rule->field */
    PLACE_SKIP,    /* nothing of it is read, nor of what it holds */
    PLACE_DROP,    /* the same, and mentioned in the report */
    PLACE_UNKNOWN, /* the same, and warned about */
};

enum xml_field {
    XML_NONE,
    XML_SCHOOL_YEAR,
    XML_REFERENCE_DAY,
    XML_MADE_AT,
    XML_BRIN,
    XML_BRANCH,
    XML_NAME,
    XML_YEAR,
    XML_FAMILY_NAME,
    XML_PREFIX,
    XML_GIVEN_NAMES,
    XML_INITIALS,
    XML_CALL_NAME,
    XML_BORN,
    XML_LEFT_ON,
    XML_EMAIL,
    XML_ROLE,
};

struct xml_rule {
    enum place in;
    const char *name; /* local name */
    enum place place;
    enum xml_field field;
};

/* The rule for an element inside `in`; never NULL: what is not in the table is PLACE_UNKNOWN. */
const struct xml_rule *xml_rule_find(enum place in, const char *local_name);

#endif
