#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/log.h"

enum status library_load(const char *file, const struct library_symbol *symbols, size_t count,
                         void *functions)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        log_event(LOG_ERROR, "library_missing", "file=%s", file);
        return ERR_NOT_FOUND;
    }
    for (size_t i = 0; i < count; i++) {
        void *function = dlsym(library, symbols[i].name);
        if (!function) {
            log_event(LOG_ERROR, "library_too_old", "file=%s lacks=%s", file, symbols[i].name);
            return ERR_NOT_FOUND;
        }
        memcpy((char *)functions + symbols[i].at, &function, sizeof function);
    }
    return OK;
}
