/*
 * banned: calls that have a safe replacement in this tree do not compile (after git's banned.h).
 * Reached through base/compiler.h, which every module includes. The name that the compiler then
 * does not know says what to use instead.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* First the headers that declare them, so that nothing declares them again under the new names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef gmtime
#undef localtime
#undef ctime
#undef atoi
#undef atol
#undef rand
#undef srand
#undef alloca

#define strcpy(to, from) banned_strcpy_use_buf_or_arena_strdup
#define strcat(to, from) banned_strcat_use_buf_or_arena_printf
#define strncpy(to, from, size) banned_strncpy_use_buf_or_arena_strndup
#define strncat(to, from, size) banned_strncat_use_buf_or_arena_printf
#define sprintf(...) banned_sprintf_use_arena_printf_or_snprintf
#define vsprintf(...) banned_vsprintf_use_arena_vprintf_or_vsnprintf
#define strtok(text, separators) banned_strtok_use_str_split
#define gmtime(at) banned_gmtime_use_base_date
#define localtime(at) banned_localtime_use_base_date
#define ctime(at) banned_ctime_use_base_date
#define atoi(text) banned_atoi_use_str_to_int64
#define atol(text) banned_atol_use_str_to_int64
#define rand() banned_rand_use_struct_random
#define srand(seed) banned_srand_use_struct_random
#define alloca(size) banned_alloca_use_the_arena

#endif
