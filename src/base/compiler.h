/*
 * compiler: the few things plain C17 cannot say, each as one macro. The only place outside db/
 * where `#if` on a compiler is allowed. No control flow hides in here.
 */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

#include "base/banned.h" /* IWYU pragma: export */

/* The caller must look at the result; -Werror makes forgetting it a build error. */
#define NODISCARD __attribute__((warn_unused_result))

/* Runs `fn(&variable)` when the variable goes out of scope. For files, locks and result sets. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/* printf-style checking: `fmt` and `first` are 1-based parameter positions. */
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

/* A deliberately unread parameter, when an interface asks for it. */
#define UNUSED __attribute__((unused))

/* A deliberately ignored status. Say beside it why nothing can or should be done. */
#define IGNORE(call)                                                                               \
    do {                                                                                           \
        enum status ignored_ = (call);                                                             \
        (void)ignored_;                                                                            \
    } while (0)

/* 1 in builds that look after themselves at the price of speed (the sanitizers': meson.build). */
#ifndef SELF_CHECKED
#define SELF_CHECKED 0
#endif

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
