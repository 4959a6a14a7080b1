#include <assert.h>

#include "base/str.h"
#include "roster/people.h"
#include "roster/readers.h"

enum mode { MODE_UNLISTED, MODE_ABSENT, MODE_BULK, MODE_DELTA };

/* The files that are read, in the order in which they need each other. */
enum file {
    FILE_ORGS,
    FILE_SESSIONS,
    FILE_COURSES,
    FILE_CLASSES,
    FILE_ROLES,
    FILE_USERS,
    FILE_ENROLMENTS,
    FILE_DEMOGRAPHICS,
};
#define FILES (FILE_DEMOGRAPHICS + 1)

#define EVERY_ROW                                                                                  \
    SPEC_NEED("sourcedId", COLUMN_KEY), SPEC_READ("status", COLUMN_STATUS),                        \
        SPEC_SKIP("dateLastModified")

static const struct column_spec manifest_columns[] = {
    SPEC_NEED("propertyName", COLUMN_PROPERTY),
    SPEC_NEED("value", COLUMN_VALUE),
};
static const struct table_spec manifest_spec = {"manifest.csv", manifest_columns,
                                                ARRAY_LEN(manifest_columns)};

static const struct column_spec org_columns[] = {
    EVERY_ROW,
    SPEC_NEED("name", COLUMN_NAME),
    SPEC_NEED("type", COLUMN_TYPE),
    SPEC_READ("identifier", COLUMN_IDENTIFIER),
    SPEC_SKIP("parentSourcedId"),
};
static const struct column_spec session_columns[] = {
    EVERY_ROW,
    SPEC_SKIP("title"),
    SPEC_SKIP("type"),
    SPEC_NEED("startDate", COLUMN_START),
    SPEC_SKIP("endDate"),
    SPEC_SKIP("parentSourcedId"),
    SPEC_SKIP("schoolYear"),
};
static const struct column_spec course_columns[] = {
    EVERY_ROW,
    SPEC_SKIP("schoolYearSourcedId"),
    SPEC_NEED("title", COLUMN_NAME),
    SPEC_SKIP("courseCode"),
    SPEC_SKIP("grades"),
    SPEC_SKIP("orgSourcedId"),
    SPEC_SKIP("subjects"),
    SPEC_SKIP("subjectCodes"),
};
static const struct column_spec class_columns[] = {
    EVERY_ROW,
    SPEC_NEED("title", COLUMN_NAME),
    SPEC_READ("grades", COLUMN_GRADES),
    SPEC_READ("courseSourcedId", COLUMN_COURSE),
    SPEC_SKIP("classCode"),
    SPEC_NEED("classType", COLUMN_TYPE),
    SPEC_SKIP("location"),
    SPEC_NEED("schoolSourcedId", COLUMN_ORG),
    SPEC_SKIP("termSourcedIds"),
    SPEC_SKIP("subjects"),
    SPEC_SKIP("subjectCodes"),
    SPEC_SKIP("periods"),
};
static const struct column_spec role_columns[] = {
    EVERY_ROW,
    SPEC_NEED("userSourcedId", COLUMN_USER),
    SPEC_SKIP("roleType"),
    SPEC_NEED("role", COLUMN_ROLE),
    SPEC_SKIP("beginDate"),
    SPEC_READ("endDate", COLUMN_END),
    SPEC_NEED("orgSourcedId", COLUMN_ORG),
    SPEC_SKIP("userProfileSourcedId"),
};
#define EVERY_USER                                                                                 \
    EVERY_ROW, SPEC_SKIP("enabledUser"), SPEC_DROP("username"), SPEC_DROP("userIds"),              \
        SPEC_NEED("givenName", COLUMN_GIVEN_NAME), SPEC_NEED("familyName", COLUMN_FAMILY_NAME),    \
        SPEC_READ("middleName", COLUMN_MIDDLE_NAME), SPEC_DROP("identifier"),                      \
        SPEC_READ("email", COLUMN_EMAIL), SPEC_DROP("sms"), SPEC_DROP("phone"),                    \
        SPEC_READ("agentSourcedIds", COLUMN_AGENTS), SPEC_READ("grades", COLUMN_GRADES),           \
        SPEC_DROP("password")
static const struct column_spec user_columns_1_1[] = {
    EVERY_USER,
    SPEC_NEED("orgSourcedIds", COLUMN_ORG),
    SPEC_NEED("role", COLUMN_ROLE),
};
static const struct column_spec user_columns_1_2[] = {
    EVERY_USER,
    SPEC_DROP("userMasterIdentifier"),
    SPEC_READ("preferredGivenName", COLUMN_CALL_NAME),
    SPEC_DROP("preferredMiddleName"),
    SPEC_READ("preferredFamilyName", COLUMN_PREFERRED_FAMILY_NAME),
    SPEC_SKIP("primaryOrgSourcedId"),
    SPEC_DROP("pronouns"),
};
static const struct column_spec enrolment_columns[] = {
    EVERY_ROW,
    SPEC_NEED("classSourcedId", COLUMN_CLASS),
    SPEC_SKIP("schoolSourcedId"),
    SPEC_NEED("userSourcedId", COLUMN_USER),
    SPEC_NEED("role", COLUMN_ROLE),
    SPEC_READ("primary", COLUMN_PRIMARY),
    SPEC_SKIP("beginDate"),
    SPEC_READ("endDate", COLUMN_END),
};
static const struct column_spec demographic_columns[] = {
    EVERY_ROW,
    SPEC_NEED("birthDate", COLUMN_BORN),
    SPEC_DROP("sex"),
    SPEC_DROP("americanIndianOrAlaskaNative"),
    SPEC_DROP("asian"),
    SPEC_DROP("blackOrAfricanAmerican"),
    SPEC_DROP("nativeHawaiianOrOtherPacificIslander"),
    SPEC_DROP("white"),
    SPEC_DROP("demographicRaceTwoOrMoreRaces"),
    SPEC_DROP("hispanicOrLatinoEthnicity"),
    SPEC_DROP("countryOfBirthCode"),
    SPEC_DROP("stateOfBirthAbbreviation"),
    SPEC_DROP("cityOfBirth"),
    SPEC_DROP("publicSchoolResidenceStatus"),
};

struct file_rule {
    const char *property; /* in the manifest */
    struct table_spec spec;
    void (*row)(struct people *people, const struct table *table);
    bool needed; /* in a full set */
};

#define SPEC(file, columns)                                                                        \
    {                                                                                              \
        file, columns, ARRAY_LEN(columns)                                                          \
    }
static const struct file_rule file_rules[FILES] = {
    [FILE_ORGS] = {"file.orgs", SPEC("orgs.csv", org_columns), people_org, true},
    [FILE_SESSIONS] = {"file.academicSessions", SPEC("academicSessions.csv", session_columns),
                       people_session, false},
    [FILE_COURSES] = {"file.courses", SPEC("courses.csv", course_columns), people_course, false},
    [FILE_CLASSES] = {"file.classes", SPEC("classes.csv", class_columns), people_class, true},
    [FILE_ROLES] = {"file.roles", SPEC("roles.csv", role_columns), people_role, true},
    [FILE_USERS] = {"file.users", SPEC("users.csv", user_columns_1_2), people_user, true},
    [FILE_ENROLMENTS] = {"file.enrollments", SPEC("enrollments.csv", enrolment_columns),
                         people_enrolment, true},
    [FILE_DEMOGRAPHICS] = {"file.demographics", SPEC("demographics.csv", demographic_columns),
                           people_demographic, false},
};
static const struct table_spec users_1_1 = SPEC("users.csv", user_columns_1_1);

struct manifest {
    enum mode modes[FILES];
};

static void read_version(struct roster_build *b, const struct table *t, const char *value)
{
    if (str_equal(value, "1.1"))
        b->set.format = ROSTER_ONEROSTER_1_1;
    else if (str_equal(value, "1.2"))
        b->set.format = ROSTER_ONEROSTER_1_2;
    else
        build_problem(b, ROSTER_MANIFEST_VERSION, table_at(t, COLUMN_VALUE), NULL);
}

static void read_property(struct roster_build *b, const struct table *t, struct manifest *manifest)
{
    static const char *const modes[] = {"absent", "bulk", "delta"};
    const char *property = build_key(b, table_cell(t, COLUMN_PROPERTY));
    if (str_equal(property, "oneroster.version"))
        read_version(b, t, build_key(b, table_cell(t, COLUMN_VALUE)));
    for (size_t i = 0; i < FILES; i++) {
        if (!str_equal(property, file_rules[i].property))
            continue;
        size_t choice = table_choice(t, COLUMN_VALUE, modes, ARRAY_LEN(modes));
        if (choice < ARRAY_LEN(modes))
            manifest->modes[i] = (enum mode)(MODE_ABSENT + choice);
    }
}

static enum status read_manifest(struct roster_build *b, struct package *package,
                                 struct manifest *ret_manifest)
{
    struct table table;
    enum status st = table_open(&table, b, package, &manifest_spec);
    if (st != OK)
        return st == ERR_INVALID ? OK : st;
    struct manifest manifest = {{MODE_UNLISTED}};
    while (table_next(&table))
        read_property(b, &table, &manifest);
    if (b->set.format == ROSTER_UNKNOWN && b->set.error_count == 0)
        build_problem(b, ROSTER_MANIFEST_VERSION, (struct roster_at){"manifest.csv", 0, 0, ""},
                      NULL);
    st = table.status;
    table_close(&table);
    *ret_manifest = manifest;
    return st;
}

/* Some files whole and some changed means that nobody may be missed because of this package. */
static void judge_modes(struct roster_build *b, const struct manifest *manifest)
{
    bool bulk = false;
    for (size_t i = 0; i < FILES; i++) {
        bulk = bulk || manifest->modes[i] == MODE_BULK;
        b->set.delta = b->set.delta || manifest->modes[i] == MODE_DELTA;
    }
    if (bulk && b->set.delta)
        build_problem(b, ROSTER_MODES_MIXED, (struct roster_at){"manifest.csv", 0, 0, ""}, NULL);
    for (size_t i = 0; i < FILES; i++) {
        bool needed = file_rules[i].needed && !b->set.delta &&
                      (i != FILE_ROLES || b->set.format == ROSTER_ONEROSTER_1_2);
        if (needed && manifest->modes[i] < MODE_BULK)
            build_problem(b, ROSTER_FILE_MISSING,
                          (struct roster_at){file_rules[i].spec.file, 0, 0, ""}, NULL);
    }
}

static void warn_unlisted(struct roster_build *b, struct package *package, const char *file)
{
    struct stream stream;
    if (input_open(package, file, &stream) != OK)
        return;
    input_close(&stream);
    build_problem(b, ROSTER_FILE_UNLISTED, (struct roster_at){file, 0, 0, ""}, NULL);
}

static enum status read_rows(struct people *people, struct package *package, enum file file)
{
    struct roster_build *b = people->build;
    const struct table_spec *spec =
        file == FILE_USERS && !people->roles_apart ? &users_1_1 : &file_rules[file].spec;
    struct table table;
    enum status st = table_open(&table, b, package, spec);
    if (st == ERR_NOT_FOUND)
        build_problem(b, ROSTER_FILE_MISSING, (struct roster_at){spec->file, 0, 0, ""}, NULL);
    if (st == ERR_NOT_FOUND || st == ERR_INVALID) {
        b->unreadable = true;
        return OK;
    }
    if (st != OK)
        return st;
    while (table_next(&table))
        file_rules[file].row(people, &table);
    st = table.status;
    table_close(&table);
    people_index(people);
    return st;
}

static void name_places(struct roster_build *b)
{
    b->location_at = (struct roster_at){"orgs.csv", 0, 0, "sourcedId"};
    b->group_at = (struct roster_at){"classes.csv", 0, 0, "sourcedId"};
    b->pupil_at = b->staff_at = b->guardian_at = (struct roster_at){"users.csv", 0, 0, "sourcedId"};
}

enum status oneroster_read(struct roster_build *b, struct package *package)
{
    assert(b && package);
    name_places(b);
    struct manifest manifest = {{MODE_UNLISTED}};
    enum status st = read_manifest(b, package, &manifest);
    if (st == OK && b->set.error_count == 0)
        judge_modes(b, &manifest);
    if (st != OK || b->set.error_count) {
        b->unreadable = true;
        return st;
    }
    struct people people = {
        .build = b, .brin = "", .roles_apart = b->set.format == ROSTER_ONEROSTER_1_2};
    for (size_t i = 0; i < FILES && st == OK && !b->unreadable; i++) {
        if (i == FILE_ROLES && !people.roles_apart)
            continue;
        if (manifest.modes[i] == MODE_ABSENT)
            warn_unlisted(b, package, file_rules[i].spec.file);
        if (manifest.modes[i] < MODE_BULK)
            continue;
        people_start_file(&people, manifest.modes[i] == MODE_DELTA);
        st = read_rows(&people, package, (enum file)i);
    }
    if (st == OK)
        people_finish(&people);
    return st;
}
