#include "demo/spec.h"

#include <assert.h>

#include "base/compiler.h"

#define BOTH(group)                                                                                \
    {                                                                                              \
        (group), (group)                                                                           \
    }
#define NEW BOTH(DEMO_NONE)
#define ONE(group)                                                                                 \
    {                                                                                              \
        (group), DEMO_NONE                                                                         \
    }

static const struct demo_group_spec primary_groups[] = {
    {"Groep 1/2 Kikkers", 1, 2, 25, 1, BOTH(0)},
    {"Groep 1/2 Uilen", 1, 2, 25, 1, BOTH(1)},
    {"Groep 3", 3, 3, 26, 1, {0, 1}},
    {"Groep 4", 4, 4, 25, 0, BOTH(2)},
    {"Groep 5", 5, 5, 26, 0, BOTH(3)},
    {"Groep 6", 6, 6, 24, 0, BOTH(4)},
    {"Groep 7", 7, 7, 24, 0, BOTH(5)},
    {"Groep 8", 8, 8, 25, 0, BOTH(6)},
};

static const struct demo_group_spec primary_last[] = {
    {"Groep 1/2 Kikkers", 1, 2, 0, 1, NEW}, {"Groep 1/2 Uilen", 1, 2, 0, 1, NEW},
    {"Groep 3", 3, 3, 0, 1, NEW},           {"Groep 4", 4, 4, 0, 0, NEW},
    {"Groep 5", 5, 5, 0, 0, NEW},           {"Groep 6", 6, 6, 0, 0, NEW},
    {"Groep 7", 7, 7, 0, 0, NEW},           {"Groep 8", 8, 8, 23, 0, NEW},
};

static const struct demo_staff_spec primary_staff[] = {
    {"Petra", "", "Schouten", ROLE_TEACHER, ONE(0), ONE(0), false, false},
    {"Emine", "", "Yıldız", ROLE_TEACHER, ONE(1), ONE(1), false, false},
    {"Wilma", "van der", "Laan", ROLE_TEACHER, ONE(1), ONE(1), false, false},
    {"Marloes", "", "Verhagen", ROLE_TEACHER, ONE(2), ONE(2), false, false},
    {"Ineke", "", "Postma", ROLE_TEACHER, NEW, ONE(3), true, false},
    {"Bas", "", "Hendriks", ROLE_TEACHER, ONE(3), NEW, false, true},
    {"Carla", "", "Mulder", ROLE_TEACHER, ONE(3), ONE(3), false, false},
    {"Shanti", "", "Ramdas", ROLE_TEACHER, ONE(4), ONE(4), false, false},
    {"Jeroen", "", "Kuipers", ROLE_TEACHER, ONE(5), ONE(5), false, false},
    {"Agnieszka", "", "Nowicka", ROLE_TEACHER, ONE(5), ONE(7), false, false},
    {"Mirjam", "de", "Groot", ROLE_TEACHER, ONE(6), ONE(6), false, false},
    {"Dennis", "", "Wolters", ROLE_TEACHER, ONE(7), ONE(7), false, false},
    {"Lia", "", "Tahapary", ROLE_SUPPORT, {2, 3}, {2, DEMO_NONE}, false, false},
};

/* Group 7, which screenshots and handbooks show. The first is the showcase (texts.h). */
static const struct demo_fixed_name primary_fixed[] = {
    {"Samira", "", "Haddad", FROM_SYRIA},
    {"Jurre", "de", "Vries", FROM_NETHERLANDS},
    {"Aylin", "", "Demir", FROM_TURKEY},
    {"Kofi", "", "Mensah", FROM_GHANA},
    {"Nynke", "", "Hoekstra", FROM_FRYSLAN},
    {"Ilias", "", "Bouzid", FROM_MOROCCO},
    {"Pleun", "van den", "Berg", FROM_NETHERLANDS},
    {"Anouk", "", "Jansen", FROM_NETHERLANDS},
    {"Oleksandr", "", "Kovalenko", FROM_UKRAINE},
    {"Shanaya", "", "Mangal", FROM_SURINAME},
    {"Tijn", "", "Smit", FROM_NETHERLANDS},
    {"Hafsa", "El", "Idrissi", FROM_MOROCCO},
    {"Wiktoria", "", "Mazur", FROM_POLAND},
    {"Jun", "", "Chen", FROM_CHINA},
    {"Roos", "van der", "Meer", FROM_NETHERLANDS},
    {"Dylan", "", "Martina", FROM_ANTILLES},
    {"Fleur", "van", "Dijk", FROM_NETHERLANDS},
    {"Rohan", "", "Nair", FROM_INDIA},
    {"Teun", "", "Bakker", FROM_NETHERLANDS},
    {"Yonas", "", "Tesfay", FROM_ERITREA},
    {"Lieke", "", "Vos", FROM_NETHERLANDS},
    {"Ferdi", "", "Pattiasina", FROM_MOLUCCAS},
    {"Gijs", "", "Peters", FROM_NETHERLANDS},
    {"Elif", "", "Yılmaz", FROM_TURKEY},
};
static_assert(ARRAY_LEN(primary_fixed) == 24, "as many as group 7 has pupils");

static const struct demo_group_spec secondary_groups[] = {
    {"1a", 11, 11, 27, 0, NEW},     {"1b", 11, 11, 26, 0, NEW},     {"2a", 12, 12, 26, 0, BOTH(0)},
    {"2b", 12, 12, 25, 0, BOTH(1)}, {"3h", 13, 13, 24, 0, BOTH(2)}, {"4v", 14, 14, 22, 0, BOTH(3)},
};

static const struct demo_group_spec secondary_last[] = {
    {"1a", 11, 11, 0, 0, NEW},
    {"1b", 11, 11, 0, 0, NEW},
    {"2h", 12, 12, 0, 0, NEW},
    {"3v", 13, 13, 0, 0, NEW},
};

static const struct demo_staff_spec secondary_staff[] = {
    {"Marieke", "van", "Dam", ROLE_TEACHER, ONE(0), NEW, false, false},
    {"Yusuf", "", "Kaplan", ROLE_TEACHER, ONE(1), NEW, false, true},
    {"Els", "", "Bergsma", ROLE_TEACHER, ONE(2), ONE(0), false, false},
    {"Pieter", "", "Lammers", ROLE_TEACHER, ONE(4), ONE(2), false, false},
    {"Gerard", "", "Hofstra", ROLE_TEACHER, NEW, ONE(2), true, false},
    {"Annemiek", "", "Scholten", ROLE_PRINCIPAL, NEW, NEW, false, false},
};

const struct demo_spec demo_specs[] = {
    [DEMO_PRIMARY] = {.name = "De Regenboog",
                      .domain = "regenboog.example",
                      .kind = SCHOOL_PRIMARY,
                      .locations = {"Lindelaan", "Havenstraat"},
                      .groups = primary_groups,
                      .group_count = ARRAY_LEN(primary_groups),
                      .last_groups = primary_last,
                      .last_count = ARRAY_LEN(primary_last),
                      .staff = primary_staff,
                      .staff_count = ARRAY_LEN(primary_staff),
                      .leavers = 7,
                      .named = 6,
                      .fixed = primary_fixed},
    [DEMO_SECONDARY] = {.name = "De Kade",
                        .domain = "dekade.example",
                        .kind = SCHOOL_SECONDARY,
                        .locations = {"Kadeplein"},
                        .groups = secondary_groups,
                        .group_count = ARRAY_LEN(secondary_groups),
                        .last_groups = secondary_last,
                        .last_count = ARRAY_LEN(secondary_last),
                        .staff = secondary_staff,
                        .staff_count = ARRAY_LEN(secondary_staff),
                        .leavers = DEMO_NONE,
                        .named = DEMO_NONE},
};

static const struct demo_group_spec bench_groups[] = {
    {"Groep 1/2 A", 1, 2, 25, 0, NEW}, {"Groep 1/2 B", 1, 2, 25, 0, NEW},
    {"Groep 3", 3, 3, 25, 0, NEW},     {"Groep 4", 4, 4, 25, 0, NEW},
    {"Groep 5A", 5, 5, 25, 0, NEW},    {"Groep 5B", 5, 5, 25, 0, NEW},
    {"Groep 6", 6, 6, 25, 0, NEW},     {"Groep 7A", 7, 7, 25, 0, NEW},
    {"Groep 7B", 7, 7, 25, 0, NEW},    {"Groep 8", 8, 8, 25, 0, NEW},
};

static const struct demo_staff_spec bench_staff[] = {
    {"Ans", "", "Eerste", ROLE_TEACHER, {0, 1}, NEW, false, false},
    {"Bob", "", "Tweede", ROLE_TEACHER, {2, 3}, NEW, false, false},
    {"Cor", "", "Derde", ROLE_TEACHER, {4, 5}, NEW, false, false},
    {"Dirk", "", "Vierde", ROLE_TEACHER, ONE(6), NEW, false, false},
    {"Eef", "", "Vijfde", ROLE_TEACHER, {8, 9}, NEW, false, false},
};

const struct demo_spec demo_bench_spec = {.kind = SCHOOL_PRIMARY,
                                          .locations = {"Hoofdgebouw"},
                                          .groups = bench_groups,
                                          .group_count = ARRAY_LEN(bench_groups),
                                          .staff = bench_staff,
                                          .staff_count = ARRAY_LEN(bench_staff),
                                          .leavers = DEMO_NONE,
                                          .named = DEMO_NONE};
