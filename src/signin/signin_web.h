/*
 * signin_web: the pages on which staff come in, and what those pages show.
 */
#ifndef SIGNIN_SIGNIN_WEB_H
#define SIGNIN_SIGNIN_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "signin/account.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route signin_routes[];
extern const struct route set_up_routes[];
extern const struct route account_routes[];

struct sign_in_view {
    const struct form_values *form;
    bool demo; /* show who can sign in to the demo */
};

struct school_choice_view {
    struct account_place *places;
    size_t count;
    const char *target; /* where to go then */
};

/* Setting up the second factor: the QR code, and the secret for who cannot scan. */
struct factor_view {
    const struct form_values *form;
    const char *qr_path;
    int qr_size;
    const char *secret; /* base 32 */
    const char *action; /* where the form goes */
    const char *target; /* where to go once in */
    bool is_in;         /* a whole session: its other ones end */
    bool asks_present;  /* also a code of the factor that it takes the place of */
};

struct recovery_view {
    const char *const *codes;
    size_t count;
    const char *next; /* where to go on */
};

struct session_line {
    const struct account_session *session;
    const char *browser, *since, *seen; /* in words */
    bool is_this;
};

struct account_view {
    const char *email;
    bool has_second_factor, is_staff;
    bool is_at_school; /* a school was chosen */
    int recovery_left;
    const struct form_values *password_form;
    struct session_line *sessions;
    size_t session_count;
};

/* A password is being set: by invitation, or by its owner. */
struct invitation_view {
    const struct form_values *form;
    const char *email;
    bool is_first;
};

#endif
