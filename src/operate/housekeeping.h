/*
 * housekeeping: what the program does beside answering: moves the audit spool into the chain four
 * times a second, takes over keyring changes of other processes, finishes erasures (at the start
 * and every ten seconds), sweeps past sessions, and deletes working notes whose day has come. One
 * thread, one database connection of its own.
 */
#ifndef OPERATE_HOUSEKEEPING_H
#define OPERATE_HOUSEKEEPING_H

#include "base/status.h"

struct app;
struct housekeeping;

NODISCARD enum status housekeeping_start(const struct app *app, struct housekeeping **ret);
/* Does a last round and ends the thread. NULL is fine. */
void housekeeping_stop(struct housekeeping *housekeeping);

#endif
