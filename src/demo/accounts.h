/*
 * accounts: who can sign in to the demo schools, for the sign-in page, `make run` and tests. They
 * exist only where `weerklank demo` made them; all have the same password and no second factor.
 */
#ifndef DEMO_ACCOUNTS_H
#define DEMO_ACCOUNTS_H

#include <stddef.h>

#define DEMO_PASSWORD "vier blauwe vissen"

enum demo_school { DEMO_PRIMARY, DEMO_SECONDARY };

struct demo_account {
    enum demo_school school;
    int role;         /* enum role */
    const char *what; /* msgid: "teacher of group 7" */
    const char *call, *prefix, *family;
    const char *email;
    const char *group; /* the group's name, for teachers, mentors and support */
};

extern const struct demo_account demo_accounts[];
extern const size_t demo_account_count;

#endif
