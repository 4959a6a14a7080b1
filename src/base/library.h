/*
 * library: a shared library that only some installations need, loaded when they do: the client of
 * PostgreSQL, the one that sends mail. With all they bring along they are a tenth of the memory and
 * of the start of a school that uses neither. Refuses to know what the functions do; a library
 * stays until the process ends.
 *
 * The functions stand in a struct of pointers with the names of the library, from one list:
 *
 *     #define LIBX(FUNCTION) FUNCTION(x_open) FUNCTION(x_close)
 *     struct libx {
 *         LIBX(LIBRARY_MEMBER)
 *     };
 *     #define SYMBOL(name) LIBRARY_SYMBOL(libx, name)
 *     static const struct library_symbol symbols[] = {LIBX(SYMBOL)};
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stddef.h>

#include "base/status.h"

struct library_symbol {
    const char *name;
    size_t at; /* of its pointer in the struct */
};

/* In the struct; the library's header must be included. */
#define LIBRARY_MEMBER(name) __typeof__(name) *name;
/* In the list: where the pointer stands in struct `type`. */
#define LIBRARY_SYMBOL(type, name) {#name, offsetof(struct type, name)},

/*
 * Loads `file` ("libpq.so.5", by the rules of ld.so) and fills in the pointers of *functions. Again
 * and from several threads: gives the same. ERR_NOT_FOUND: the library, or a function of it, is not
 * on this machine; said in the log.
 */
NODISCARD enum status library_load(const char *file, const struct library_symbol *symbols,
                                   size_t count, void *functions);

#endif
