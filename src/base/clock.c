#include "base/clock.h"

#include <time.h>

#include "base/compiler.h"

int64_t clock_now(struct clock clock)
{
    if (clock.fixed)
        return clock.at_ms;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + clock.at_ms;
}

int64_t clock_ticks_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
