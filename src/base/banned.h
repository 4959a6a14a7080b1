/*
 * banned: calls that have a safe replacement in this tree do not compile (after git's banned.h).
 * Reached through base/compiler.h, which every module includes.
 *   strcpy strcat sprintf strncpy  -> struct buf, or arena_printf
 *   strtok                         -> str_split
 *   gmtime localtime               -> base/date.h (no time zone database, no statics)
 *   atoi                           -> str_to_int64
 *   rand                           -> struct random (base/random.h)
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Declaring them again as deprecated makes every use an error under -Werror, with the reason. */
#define BANNED(instead) __attribute__((deprecated("banned in this tree: use " instead)))

BANNED("struct buf or arena_strdup") char *strcpy(char *, const char *);
BANNED("struct buf or arena_printf") char *strcat(char *, const char *);
BANNED("struct buf or arena_printf") char *strncpy(char *, const char *, size_t);
BANNED("struct buf or arena_printf") char *strncat(char *, const char *, size_t);
BANNED("str_split") char *strtok(char *, const char *);
BANNED("arena_printf or snprintf") int sprintf(char *, const char *, ...);
BANNED("base/date.h") struct tm *gmtime(const time_t *);
BANNED("base/date.h") struct tm *localtime(const time_t *);
BANNED("struct random") int rand(void);

/* Defined inline by <stdlib.h>, so an attribute comes too late: these names do not exist here. */
#define atoi banned_use_str_to_int64
#define atol banned_use_str_to_int64

#endif
