#include "base/status.h"

#include "base/compiler.h"

const char *status_name(enum status status)
{
    static const char *const names[] = {
        [OK] = "OK",
        [ERR_INVALID] = "ERR_INVALID",
        [ERR_NOT_FOUND] = "ERR_NOT_FOUND",
        [ERR_FORBIDDEN] = "ERR_FORBIDDEN",
        [ERR_CONFLICT] = "ERR_CONFLICT",
        [ERR_LIMIT] = "ERR_LIMIT",
        [ERR_DB] = "ERR_DB",
        [ERR_IO] = "ERR_IO",
        [ERR_NOMEM] = "ERR_NOMEM",
        [ERR_CORRUPT] = "ERR_CORRUPT",
        [ERR_ERASED] = "ERR_ERASED",
    };
    return (size_t)status < ARRAY_LEN(names) ? names[status] : "ERR_UNKNOWN";
}
