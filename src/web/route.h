/*
 * route: what the program answers to, as tables. Each subject has one array; src/routes.c lists
 * them. A route that does not say its right opens for nobody; a POST that does not say its form
 * gets no fields. A test walks all routes against the access matrix.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"
#include "http/http.h"

struct form;
struct web;

/* Ids in a path, written ":group" and so on. */
enum param {
    PARAM_GROUP,
    PARAM_PUPIL,
    PARAM_STAFF,
    PARAM_GUARDIAN,
    PARAM_YEAR,
    PARAM_OBSERVATION,
    PARAM_NOTE,
    PARAM_SESSION,
    PARAM_SCHOOL,
    PARAM_FUNCTION,
    PARAM_IMPORT,
    PARAM_LOCATION,
    PARAM_CONVERSATION,
    PARAM_ROUND,
    PARAM_GOAL,
    PARAM_NEED,
    PARAM_AGREEMENT,
    PARAM_PLAN,
    PARAM_ATTACHMENT,
    PARAM_METHOD,
    PARAM_LINK,
    PARAM_MOMENT,
    PARAM_COUNT,
};

enum route_flags {
    ROUTE_OWN_TRANSACTION = 1 << 0, /* the handler begins and ends its own (slow work between) */
    ROUTE_UPLOAD = 1 << 1,          /* a large multipart body is allowed */
    ROUTE_BEFORE_SECOND_FACTOR = 1 << 2, /* open while the second factor is still asked */
    ROUTE_WITHOUT_SCHOOL = 1 << 3,       /* open while no school is chosen */
    ROUTE_CACHE = 1 << 4,                /* public and immutable: assets */
    ROUTE_SLOW = 1 << 5,                 /* a GET that takes long: to the workers' queue */
};

struct route {
    enum http_method method; /* GET also answers HEAD */
    const char *path;        /* "/leerling/:pupil/observatie" */
    enum right right;
    unsigned flags;
    const struct form *form; /* the only fields a handler can see */
    /*
     * Fills web's reply. OK: the reply stands (and the transaction commits unless its status is
     * 400 or more). Anything else: rolled back, and the page that fits the status.
     */
    enum status (*run)(struct web *web);
    const void *about; /* for a `run` that serves several subjects: the subject's own table */
};

/*
 * All tables of the program, ended by NULL; each table is ended by a route without `run`. Defined
 * in src/routes.c.
 */
extern const struct route *const all_routes[];

/* Finds the route for a path. Sets ret_ids for its parameters. *ret_other_method when only another
 * method fits. */
const struct route *route_find(const struct route *const *tables, enum http_method method,
                               const char *path, int64_t ret_ids[PARAM_COUNT],
                               bool *ret_other_method);

/* What the routes of a path answer to, for Allow: "GET, HEAD", "POST", both, or "" where there are
 * none. */
const char *route_allows(const struct route *const *tables, const char *path);

#endif
