/*
 * libpq: the client library of PostgreSQL, loaded when a database is on it (base/library.h): with
 * TLS, Kerberos and LDAP in its train it is no burden of a school that has its database in a file.
 * Only postgres.c calls it.
 */
#ifndef DB_LIBPQ_H
#define DB_LIBPQ_H

#include <libpq-fe.h>

#include "base/library.h"

#define LIBPQ(FUNCTION)                                                                            \
    FUNCTION(PQclear)                                                                              \
    FUNCTION(PQcmdStatus)                                                                          \
    FUNCTION(PQcmdTuples)                                                                          \
    FUNCTION(PQconnectdbParams)                                                                    \
    FUNCTION(PQerrorMessage)                                                                       \
    FUNCTION(PQexec)                                                                               \
    FUNCTION(PQexecPrepared)                                                                       \
    FUNCTION(PQfinish)                                                                             \
    FUNCTION(PQftype)                                                                              \
    FUNCTION(PQgetResult)                                                                          \
    FUNCTION(PQgetisnull)                                                                          \
    FUNCTION(PQgetlength)                                                                          \
    FUNCTION(PQgetvalue)                                                                           \
    FUNCTION(PQnfields)                                                                            \
    FUNCTION(PQntuples)                                                                            \
    FUNCTION(PQprepare)                                                                            \
    FUNCTION(PQreset)                                                                              \
    FUNCTION(PQresultErrorField)                                                                   \
    FUNCTION(PQresultStatus)                                                                       \
    FUNCTION(PQsendQueryPrepared)                                                                  \
    FUNCTION(PQserverVersion)                                                                      \
    FUNCTION(PQsetNoticeReceiver)                                                                  \
    FUNCTION(PQsetSingleRowMode)                                                                   \
    FUNCTION(PQstatus)                                                                             \
    FUNCTION(PQtransactionStatus)

struct libpq {
    LIBPQ(LIBRARY_MEMBER)
};

/* ERR_DB: libpq5 is not on this machine, or older than 14. */
NODISCARD enum status libpq_load(struct libpq *lib);

#endif
