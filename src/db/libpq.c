#include "db/libpq.h"

#include "base/compiler.h"

#define SYMBOL(name) LIBRARY_SYMBOL(libpq, name)
static const struct library_symbol symbols[] = {LIBPQ(SYMBOL)};

enum status libpq_load(struct libpq *lib)
{
    return library_load("libpq.so.5", symbols, ARRAY_LEN(symbols), lib) == OK ? OK : ERR_DB;
}
