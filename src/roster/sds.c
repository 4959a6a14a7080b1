#include <assert.h>

#include "roster/people.h"
#include "roster/readers.h"

#define READ(name, column)                                                                         \
    {                                                                                              \
        name, COLUMN_READ, column                                                                  \
    }
#define NEED(name, column)                                                                         \
    {                                                                                              \
        name, COLUMN_REQUIRED, column                                                              \
    }
#define DROP(name)                                                                                 \
    {                                                                                              \
        name, COLUMN_DROPPED, COLUMN_NONE                                                          \
    }
#define SKIP(name)                                                                                 \
    {                                                                                              \
        name, COLUMN_IGNORED, COLUMN_NONE                                                          \
    }

static const struct column_spec org_columns[] = {
    NEED("sourcedId", COLUMN_KEY),
    NEED("name", COLUMN_NAME),
    NEED("type", COLUMN_TYPE),
    SKIP("parentSourcedId"),
};
static const struct column_spec session_columns[] = {
    NEED("sourcedId", COLUMN_KEY),   SKIP("title"),   SKIP("type"), SKIP("schoolYear"),
    NEED("startDate", COLUMN_START), SKIP("endDate"),
};
static const struct column_spec course_columns[] = {
    NEED("sourcedId", COLUMN_KEY),
    SKIP("orgSourcedId"),
    NEED("title", COLUMN_NAME),
    SKIP("code"),
    SKIP("schoolYearSourcedId"),
    SKIP("subject"),
    SKIP("grade"),
};
static const struct column_spec class_columns[] = {
    NEED("sourcedId", COLUMN_KEY), NEED("orgSourcedId", COLUMN_ORG),
    NEED("title", COLUMN_NAME),    SKIP("code"),
    SKIP("sessionSourcedIds"),     READ("courseSourcedId", COLUMN_COURSE),
};
static const struct column_spec role_columns[] = {
    NEED("userSourcedId", COLUMN_USER),
    NEED("orgSourcedId", COLUMN_ORG),
    NEED("role", COLUMN_ROLE),
    SKIP("sessionSourcedId"),
    READ("grade", COLUMN_GRADES),
    SKIP("isPrimary"),
    SKIP("roleStartDate"),
    READ("roleEndDate", COLUMN_END),
};
static const struct column_spec relation_columns[] = {
    NEED("userSourcedId", COLUMN_USER),
    NEED("relationshipUserSourcedId", COLUMN_RELATED),
    NEED("relationshipRole", COLUMN_ROLE),
};
static const struct column_spec user_columns[] = {
    NEED("sourcedId", COLUMN_KEY),
    DROP("username"),
    NEED("givenName", COLUMN_GIVEN_NAME),
    NEED("familyName", COLUMN_FAMILY_NAME),
    DROP("password"),
    DROP("activeDirectoryMatchId"),
    READ("email", COLUMN_EMAIL),
    DROP("phone"),
    DROP("sms"),
    READ("preferredGivenName", COLUMN_CALL_NAME),
    READ("preferredFamilyName", COLUMN_PREFERRED_FAMILY_NAME),
    READ("middleName", COLUMN_MIDDLE_NAME),
    DROP("userNumber"),
};
static const struct column_spec enrolment_columns[] = {
    NEED("classSourcedId", COLUMN_CLASS),
    NEED("userSourcedId", COLUMN_USER),
    NEED("role", COLUMN_ROLE),
};
static const struct column_spec demographic_columns[] = {
    NEED("userSourcedId", COLUMN_KEY),
    DROP("sex"),
    NEED("birthDate", COLUMN_BORN),
    DROP("birthCity"),
    DROP("birthState"),
    DROP("birthCountry"),
    DROP("ethnicityCodes"),
    DROP("raceCodes"),
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
