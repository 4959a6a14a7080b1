#include <assert.h>

#include "roster/people.h"
#include "roster/readers.h"

static const struct column_spec org_columns[] = {
    SPEC_NEED("sourcedId", COLUMN_KEY),
    SPEC_NEED("name", COLUMN_NAME),
    SPEC_NEED("type", COLUMN_TYPE),
    SPEC_SKIP("parentSourcedId"),
};
static const struct column_spec session_columns[] = {
    SPEC_NEED("sourcedId", COLUMN_KEY),
    SPEC_SKIP("title"),
    SPEC_SKIP("type"),
    SPEC_SKIP("schoolYear"),
    SPEC_NEED("startDate", COLUMN_START),
    SPEC_SKIP("endDate"),
};
static const struct column_spec course_columns[] = {
    SPEC_NEED("sourcedId", COLUMN_KEY),
    SPEC_SKIP("orgSourcedId"),
    SPEC_NEED("title", COLUMN_NAME),
    SPEC_SKIP("code"),
    SPEC_SKIP("schoolYearSourcedId"),
    SPEC_SKIP("subject"),
    SPEC_SKIP("grade"),
};
static const struct column_spec class_columns[] = {
    SPEC_NEED("sourcedId", COLUMN_KEY), SPEC_NEED("orgSourcedId", COLUMN_ORG),
    SPEC_NEED("title", COLUMN_NAME),    SPEC_SKIP("code"),
    SPEC_SKIP("sessionSourcedIds"),     SPEC_READ("courseSourcedId", COLUMN_COURSE),
};
static const struct column_spec role_columns[] = {
    SPEC_NEED("userSourcedId", COLUMN_USER),
    SPEC_NEED("orgSourcedId", COLUMN_ORG),
    SPEC_NEED("role", COLUMN_ROLE),
    SPEC_SKIP("sessionSourcedId"),
    SPEC_READ("grade", COLUMN_GRADES),
    SPEC_SKIP("isPrimary"),
    SPEC_SKIP("roleStartDate"),
    SPEC_READ("roleEndDate", COLUMN_END),
};
static const struct column_spec relation_columns[] = {
    SPEC_NEED("userSourcedId", COLUMN_USER),
    SPEC_NEED("relationshipUserSourcedId", COLUMN_RELATED),
    SPEC_NEED("relationshipRole", COLUMN_ROLE),
};
static const struct column_spec user_columns[] = {
    SPEC_NEED("sourcedId", COLUMN_KEY),
    SPEC_DROP("username"),
    SPEC_NEED("givenName", COLUMN_GIVEN_NAME),
    SPEC_NEED("familyName", COLUMN_FAMILY_NAME),
    SPEC_DROP("password"),
    SPEC_DROP("activeDirectoryMatchId"),
    SPEC_READ("email", COLUMN_EMAIL),
    SPEC_DROP("phone"),
    SPEC_DROP("sms"),
    SPEC_READ("preferredGivenName", COLUMN_CALL_NAME),
    SPEC_READ("preferredFamilyName", COLUMN_PREFERRED_FAMILY_NAME),
    SPEC_READ("middleName", COLUMN_MIDDLE_NAME),
    SPEC_DROP("userNumber"),
};
static const struct column_spec enrolment_columns[] = {
    SPEC_NEED("classSourcedId", COLUMN_CLASS),
    SPEC_NEED("userSourcedId", COLUMN_USER),
    SPEC_NEED("role", COLUMN_ROLE),
};
static const struct column_spec demographic_columns[] = {
    SPEC_NEED("userSourcedId", COLUMN_KEY),
    SPEC_DROP("sex"),
    SPEC_NEED("birthDate", COLUMN_BORN),
    SPEC_DROP("birthCity"),
    SPEC_DROP("birthState"),
    SPEC_DROP("birthCountry"),
    SPEC_DROP("ethnicityCodes"),
    SPEC_DROP("raceCodes"),
};

struct file_rule {
    struct table_spec spec;
    void (*row)(struct people *people, const struct table *table);
    bool needed;
};

/* In the order in which they need each other. userFlags (care, meals) is never opened. */
#define SPEC(file, columns)                                                                        \
    {                                                                                              \
        file, columns, ARRAY_LEN(columns)                                                          \
    }
static const struct file_rule file_rules[] = {
    {SPEC("orgs.csv", org_columns), people_org, true},
    {SPEC("academicSessions.csv", session_columns), people_session, false},
    {SPEC("courses.csv", course_columns), people_course, false},
    {SPEC("classes.csv", class_columns), people_class, false},
    {SPEC("roles.csv", role_columns), people_role, true},
    {SPEC("relationships.csv", relation_columns), people_relation, false},
    {SPEC("users.csv", user_columns), people_user, true},
    {SPEC("enrollments.csv", enrolment_columns), people_enrolment, false},
    {SPEC("demographics.csv", demographic_columns), people_demographic, false},
};

static enum status read_rows(struct people *people, struct package *package,
                             const struct file_rule *rule)
{
    struct roster_build *b = people->build;
    struct table table;
    enum status st = table_open(&table, b, package, &rule->spec);
    if (st == ERR_NOT_FOUND && !rule->needed)
        return OK;
    if (st == ERR_NOT_FOUND)
        build_problem(b, ROSTER_FILE_MISSING, (struct roster_at){rule->spec.file, 0, 0, ""}, NULL);
    if (st == ERR_NOT_FOUND || st == ERR_INVALID) {
        b->unreadable = true;
        return OK;
    }
    if (st != OK)
        return st;
    while (table_next(&table))
        rule->row(people, &table);
    st = table.status;
    table_close(&table);
    people_index(people);
    return st;
}

enum status sds_read(struct roster_build *b, struct package *package)
{
    assert(b && package);
    b->set.format = ROSTER_SDS_2_1;
    b->location_at = (struct roster_at){"orgs.csv", 0, 0, "sourcedId"};
    b->group_at = (struct roster_at){"classes.csv", 0, 0, "sourcedId"};
    b->pupil_at = b->staff_at = b->guardian_at = (struct roster_at){"users.csv", 0, 0, "sourcedId"};
    struct people people = {.build = b, .brin = "", .sds = true, .roles_apart = true};
    enum status st = OK;
    for (size_t i = 0; i < ARRAY_LEN(file_rules) && st == OK && !b->unreadable; i++) {
        people_start_file(&people, false);
        st = read_rows(&people, package, &file_rules[i]);
    }
    if (st == OK)
        people_finish(&people);
    return st;
}
