/*
 * writer: a method as the YAML of methods/README.md, by the same tables as the reader. What it
 * writes reads back equal (the lines of questions apart).
 */
#ifndef METHOD_WRITER_H
#define METHOD_WRITER_H

#include "base/status.h"
#include "method/method.h"

struct arena;

/* ERR_LIMIT when it would be larger than METHOD_FILE_MAX: such a file could not be read. ERR_NOMEM.
 */
NODISCARD enum status method_write(const struct method *method, struct arena *arena,
                                   const char **ret_yaml, size_t *ret_len);

#endif
