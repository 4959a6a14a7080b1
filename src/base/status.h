/*
 * status: the one answer of every function that can fail. It says what kind of failure, never why
 * in words: causes are logged once where they happen, messages for people are data (forms).
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/compiler.h"

enum status {
    OK = 0,
    ERR_INVALID,   /* the input breaks a rule that the caller could have known */
    ERR_NOT_FOUND, /* it does not exist, or the actor may not know that it does */
    ERR_FORBIDDEN, /* the actor may see it but not do this with it */
    ERR_CONFLICT,  /* somebody else was first; looking again helps */
    ERR_LIMIT,     /* larger, longer or more often than a named limit */
    ERR_DB,        /* the database failed or is away; nothing was written */
    ERR_IO,        /* a file or the network failed */
    ERR_NOMEM,     /* out of memory, or the arena's cap was reached */
    ERR_CORRUPT,   /* stored data is not what we wrote: a broken seal or chain */
    ERR_ERASED,    /* the key that opens it was destroyed on purpose */
};

/* The name of a status for logs and tests, e.g. "ERR_LIMIT". Never NULL. */
const char *status_name(enum status status);

#endif
