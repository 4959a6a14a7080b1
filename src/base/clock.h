/*
 * clock: what time it is, as a value that is passed in. serve uses the system's clock; tests and
 * `--clock` set a fixed or shifted one.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
    bool fixed;
    int64_t at_ms; /* fixed: the moment; else what is added to the system's clock */
};

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_now(struct clock clock);

/* Microseconds of a clock that only runs forward, for durations. Unrelated to the date. */
int64_t clock_ticks_us(void);

#endif
