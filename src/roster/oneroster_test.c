#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "roster/testing.h"

static int make_arena(void **state)
{
    *state = arena_new((size_t)64 * 1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_school(const struct roster *r)
{
    assert_int_equal(r->error_count, 0);
    assert_false(r->delta);
    assert_string_equal(r->brin, "00QQ");
    assert_int_equal(r->school_year, 2025);
    assert_int_equal(r->location_count, 2);
    assert_int_equal(r->group_count, 2);
    assert_int_equal(r->pupil_count, 2);
    assert_int_equal(r->staff_count, 1);
    assert_int_equal(r->guardian_count, 0);
    assert_false(r->covers & ROSTER_COVERS_GUARDIANS);
    const struct roster_pupil *noor = find_pupil(r, "u-004217");
    assert_string_equal(noor->name.display, "Noor van der Linden");
    assert_string_equal(noor->name.sort, "linden  van der  noor");
    assert_string_equal(noor->home_group, "cls-5A");
    assert_int_equal(noor->other_group_count, 1);
    assert_string_equal(noor->other_groups[0], "cls-ne");
    assert_string_equal(noor->location, "org-00QQ");
    assert_string_equal(noor->year_text, "05");
    assert_int_equal(noor->year, ROSTER_YEAR_UNKNOWN);
    assert_string_equal(date_text(noor->born).s, "2016-11-03");
    assert_string_equal(find_pupil(r, "u-004218")->name.prefix, "'t");
    assert_string_equal(find_group(r, "cls-ne")->subject, "Nederlands");
    assert_int_equal(find_group(r, "cls-5A")->kind, ROSTER_GROUP_HOME);
    assert_string_equal(r->staff[0].email, "e.bos@school.example");
    assert_string_equal(r->staff[0].role, "teacher");
    assert_int_equal(r->staff[0].group_count, 1);
    assert_true(r->staff[0].groups[0].primary);
}

static void assert_private(const struct roster *r)
{
    static const char *const values[] = {"geheim123", "welkom01", "0612345678", "ouder@",
                                         "111222333", "LDAP",     "Utrecht"};
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        assert_nowhere(r, values[i]);
    assert_true(count_dropped(r, "password") > 0);
    assert_int_equal(count_dropped(r, "sex"), 2);
    assert_int_equal(count_dropped(r, "phone"), 1);
}

static void both_versions_give_the_same_school(void **state)
{
    struct roster r = read_path(*state, fixture_path(*state, "or12"));
    assert_int_equal(r.format, ROSTER_ONEROSTER_1_2);
    assert_school(&r);
    assert_private(&r);
    assert_true(find_pupil(&r, "u-004218")->left); /* the role ended */
    assert_non_null(find_problem(&r, ROSTER_ENDED));

    r = read_path(*state, fixture_path(*state, "or11"));
    assert_int_equal(r.format, ROSTER_ONEROSTER_1_1);
    assert_school(&r);
    assert_private(&r);
}

static void a_zip_reads_as_a_folder(void **state)
{
    struct buf zip;
    zip_folder(*state, "or12", NULL, NULL, &zip);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_school(&r);
    buf_free(&zip);
}

static void parents_are_read_only_when_asked(void **state)
{
    static const char *const folders[] = {"or11", "or12"};
    static const struct roster_grade grades[] = {{"05", ROSTER_YEAR_5}};
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        struct roster_source source = {.path = fixture_path(*state, folders[i])};
        struct roster_options options = {
            .today = TEST_TODAY, .guardians = true, .grades = grades, .grade_count = 1};
        struct roster r;
        assert_int_equal(roster_read(*state, &source, &options, &r), OK);
        assert_int_equal(r.error_count, 0);
        assert_int_equal(r.guardian_count, 1);
        assert_int_equal(!!(r.covers & ROSTER_COVERS_GUARDIANS), !r.delta);
        assert_string_equal(r.guardians[0].email, "ouder@mail.example");
        assert_int_equal(r.guardians[0].pupil_count, 1);
        assert_string_equal(r.guardians[0].pupils[0], "u-004217");
        assert_nowhere(&r, "0612345678");
        assert_int_equal(r.pupils[0].year, ROSTER_YEAR_5);
        assert_null(find_problem(&r, ROSTER_GRADE_UNMAPPED));
    }
}

#define USERS_1_1                                                                                  \
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName," \
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
#define ENROLMENTS                                                                                 \
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary," \
    "beginDate,endDate\n"
#define MANIFEST "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
#define ALL_BULK "file.orgs,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n"

struct defect {
    const char *file;
    const char *content; /* NULL: the file is left out */
    enum roster_message message;
    unsigned line, column;
    const char *arg;
};

static const struct defect defects[] = {
    {"users.csv", NULL, ROSTER_FILE_MISSING, 0, 0, ""},
    {"users.csv", "", ROSTER_FILE_EMPTY, 0, 0, ""},
    {"users.csv", "sourcedId,Role,orgSourcedIds,givenName,familyName\n", ROSTER_COLUMN_TYPO, 1, 2,
     "role"},
    {"users.csv", "sourcedId,role,orgSourcedIds,givenName,famlyName\n", ROSTER_COLUMN_TYPO, 1, 5,
     "familyName"},
    {"users.csv", "sourcedId,role,orgSourcedIds,givenName\n", ROSTER_COLUMN_MISSING, 1, 1,
     "familyName"},
    {"users.csv", "sourcedId,role,role,orgSourcedIds,givenName,familyName\n", ROSTER_COLUMN_TWICE,
     1, 3, "role"},
    {"users.csv", USERS_1_1 "u-1,,,true,org-00QQ,Student,,,A,B,,,,,,,,\n", ROSTER_VALUE_TYPO, 2, 6,
     "student"},
    {"users.csv", USERS_1_1 "u-1,,,true,org-00QQ,leerling,,,A,B,,,,,,,,\n", ROSTER_VALUE_UNKNOWN, 2,
     6, ""},
    {"users.csv", USERS_1_1 "u-1,,,true,org-00QQ,student,,,A,B\n", ROSTER_CSV_ROW_SHORT, 2, 0, ""},
    {"users.csv", USERS_1_1 "u-1,,,true,org-00QQ,student,,,A,B,,,,,,,,,x\n", ROSTER_CSV_ROW_WIDE, 2,
     19, ""},
    {"users.csv",
     USERS_1_1
     "u-1,,,true,org-00QQ,student,,,A,B,,,,,,,,\nu-1,,,true,org-00QQ,student,,,A,B,,,,,,,,\n",
     ROSTER_KEY_TWICE, 3, 0, "2"},
    {"users.csv", USERS_1_1 "u-1,,,true,org-00QQ,student,,,A,\"B\n", ROSTER_CSV_QUOTE_OPEN, 2, 10,
     ""},
    {"users.csv", USERS_1_1 "u-1,Active,,true,org-00QQ,student,,,A,B,,,,,,,,\n", ROSTER_VALUE_TYPO,
     2, 2, "active"},
    {"demographics.csv", "sourcedId,birthDate\nu-004217,03/11/2016\n", ROSTER_DATE_BAD, 2, 2,
     "2016-12-31"},
    {"classes.csv", "sourcedId,title,classType,schoolSourcedId\nc,5A,Homeroom,org-00QQ\n",
     ROSTER_VALUE_TYPO, 2, 3, "homeroom"},
    {"orgs.csv", "sourcedId,name,type\norg-00QQ,De Zwaluw,basisschool\n", ROSTER_VALUE_UNKNOWN, 2,
     3, ""},
    {"manifest.csv", "propertyName,value\noneroster.version,2.0\n", ROSTER_MANIFEST_VERSION, 2, 2,
     ""},
    {"manifest.csv", "propertyName,value\n", ROSTER_MANIFEST_VERSION, 0, 0, ""},
    {"manifest.csv", MANIFEST "file.users,Bulk\n", ROSTER_VALUE_TYPO, 4, 2, "bulk"},
    {"manifest.csv", MANIFEST "file.orgs,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n",
     ROSTER_FILE_MISSING, 0, 0, ""},
};

static void every_defect_is_named_with_its_place(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(defects); i++) {
        struct buf zip;
        zip_folder(*state, "or11", defects[i].file, defects[i].content, &zip);
        struct roster r = read_bytes(*state, zip.data, zip.len);
        const struct roster_problem *problem = find_problem(&r, defects[i].message);
        if (!problem)
            fail_msg("case %zu: not found among %zu", i, r.problem_count);
        if (problem->line != defects[i].line || problem->column != defects[i].column)
            fail_msg("case %zu: line %u column %u", i, problem->line, problem->column);
        if (*problem->file && !str_equal(problem->file, "users.csv"))
            assert_string_equal(problem->file, defects[i].file);
        assert_string_equal(problem->arg, defects[i].arg);
        assert_refused(&r);
        buf_free(&zip);
    }
}

struct remark {
    const char *file, *content;
    enum roster_message message;
    unsigned line;
};

static void oddities_are_told_and_read(void **state)
{
    static const struct remark remarks[] = {
        {"users.csv",
         USERS_1_1 "u-004217,active,,true,org-00QQ,student,,,A,B,,,,,,,,\n"
                   "u-9,tobedeleted,,true,org-00QQ,student,,,Weg,B,,,,,,,,\n",
         ROSTER_BULK_STATUS, 2},
        {"enrollments.csv", ENROLMENTS "e,,,cls-X,org-00QQ,u-004217,student,,,\n",
         ROSTER_GROUP_DANGLING, 2},
        {"enrollments.csv", ENROLMENTS "e,,,cls-5A,org-00QQ,u-nobody,student,,,\n",
         ROSTER_PERSON_DANGLING, 2},
        {"enrollments.csv", ENROLMENTS "e,,,cls-5A,org-00QQ,u-t1,student,,,\n", ROSTER_ROLE_CLASH,
         2},
        {"users.csv", USERS_1_1 "u-004217,,,true,org-X,student,,,A,B,,,,,,,,\n",
         ROSTER_LOCATION_DANGLING, 2},
        {"users.csv",
         "sourcedId,role,orgSourcedIds,givenName,familyName,schoenmaat\n"
         "u-004217,student,org-00QQ,A,B,31\n",
         ROSTER_COLUMN_UNKNOWN, 1},
        {"users.csv",
         "sourcedId;role;orgSourcedIds;givenName;familyName\n"
         "u-004217;student;org-00QQ;A;B\n",
         ROSTER_CSV_SEPARATOR, 1},
        {"users.csv",
         "sourcedId,role,orgSourcedIds,givenName,familyName,metadata.x\n"
         "u-004217,student,org-00QQ,A,B,31\nu-5,ext:robot,org-00QQ,C,D,\n",
         ROSTER_ROLE_MISSING, 3},
        {"manifest.csv", MANIFEST ALL_BULK "file.courses,absent\n", ROSTER_FILE_UNLISTED, 0},
        {"orgs.csv", "sourcedId,name,type\norg-00QQ,De Zwaluw,school\norg-NW,Noord,school\n",
         ROSTER_SCHOOLS_MANY, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(remarks); i++) {
        struct buf zip;
        zip_folder(*state, "or11", remarks[i].file, remarks[i].content, &zip);
        struct roster r = read_bytes(*state, zip.data, zip.len);
        const struct roster_problem *problem = find_problem(&r, remarks[i].message);
        if (!problem || r.error_count)
            fail_msg("case %zu: %zu errors", i, r.error_count);
        if (problem->line != remarks[i].line)
            fail_msg("case %zu: line %u", i, problem->line);
        assert_non_null(find_pupil(&r, "u-004217"));
        assert_nowhere(&r, "Weg");
        buf_free(&zip);
    }
}

static void a_second_home_group_is_another_group(void **state)
{
    struct buf zip;
    zip_folder(*state, "or11", "classes.csv",
               "sourcedId,title,classType,schoolSourcedId\ncls-5A,5A,homeroom,org-00QQ\n"
               "cls-ne,5B,homeroom,org-00QQ\n",
               &zip);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_non_null(find_problem(&r, ROSTER_HOME_TWICE));
    assert_string_equal(find_pupil(&r, "u-004217")->home_group, "cls-5A");
    assert_string_equal(find_pupil(&r, "u-004217")->other_groups[0], "cls-ne");
    buf_free(&zip);
}

#define STAMP "2025-10-02T00:00:00.000Z"
static const struct member delta_files[] = {
#define MEMBER(name, text)                                                                         \
    {                                                                                              \
        name, text, sizeof text - 1                                                                \
    }
    MEMBER("manifest.csv", "propertyName,value\noneroster.version,1.2\nfile.users,delta\n"
                           "file.roles,delta\nfile.enrollments,delta\nfile.classes,delta\n"),
    MEMBER("roles.csv", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
                        "endDate,orgSourcedId,userProfileSourcedId\n"
                        "r1,active," STAMP ",u-1,primary,student,,,org,\n"),
    MEMBER("users.csv", "sourcedId,status,dateLastModified,givenName,familyName\n"
                        "u-1,active," STAMP ",Noor,Linden\n"
                        "u-2,tobedeleted," STAMP ",Weg,Wegmans\n"),
    MEMBER("classes.csv", "sourcedId,status,dateLastModified,title,classType,schoolSourcedId\n"
                          "c-old,tobedeleted," STAMP ",,homeroom,org\n"),
    MEMBER("enrollments.csv", ENROLMENTS "e1,tobedeleted," STAMP ",c-old,org,u-7,student,,,\n"
                                         "e2,active," STAMP ",c-new,org,u-7,student,,,\n"
                                         "e3,active," STAMP ",c-new,org,u-8,teacher,true,,\n"),
};

static void a_delta_says_what_changed(void **state)
{
    struct buf zip;
    make_zip(delta_files, ARRAY_LEN(delta_files), &zip);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_int_equal(r.problem_count, 0);
    assert_true(r.delta);
    assert_int_equal(r.covers, 0);
    assert_int_equal(r.pupil_count, 1);
    assert_int_equal(r.removed_count, 1);
    assert_string_equal(r.removed[0].key, "u-2");
    assert_nowhere(&r, "Wegmans");
    assert_int_equal(r.group_count, 1);
    assert_true(r.groups[0].id.deleted);
    assert_int_equal(r.membership_count, 3);
    assert_true(r.memberships[0].id.deleted);
    assert_string_equal(r.memberships[1].group, "c-new");
    assert_string_equal(r.memberships[1].person, "u-7");
    assert_true(r.memberships[1].is_pupil);
    assert_false(r.memberships[2].is_pupil);
    assert_true(r.memberships[2].primary);
    buf_free(&zip);
}

static void mixed_files_never_make_anyone_leave(void **state)
{
    struct buf zip;
    zip_folder(*state, "or11", "manifest.csv",
               MANIFEST "file.orgs,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.courses,delta\n"
                        "file.enrollments,bulk\n",
               &zip);
    struct roster r = read_bytes(*state, zip.data, zip.len);
    assert_non_null(find_problem(&r, ROSTER_MODES_MIXED));
    assert_true(r.delta);
    assert_int_equal(r.covers, 0);
    buf_free(&zip);
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(both_versions_give_the_same_school),
        WITH_ARENA(a_zip_reads_as_a_folder),
        WITH_ARENA(parents_are_read_only_when_asked),
        WITH_ARENA(every_defect_is_named_with_its_place),
        WITH_ARENA(oddities_are_told_and_read),
        WITH_ARENA(a_second_home_group_is_another_group),
        WITH_ARENA(a_delta_says_what_changed),
        WITH_ARENA(mixed_files_never_make_anyone_leave),
    };
    return cmocka_run_group_tests_name("roster oneroster", tests, NULL, NULL);
}
