/*
 * metrics: /healthz and /metrics (Prometheus text) on a listener of their own that accepts only
 * loopback addresses. Numbers only; no ids, no paths.
 */
#ifndef OPERATE_METRICS_H
#define OPERATE_METRICS_H

#include <stdint.h>

#include "base/status.h"

struct app;
struct http_server;
struct metrics;

/* ERR_INVALID when the address is not a loopback one. */
NODISCARD enum status metrics_start(const char *address, uint16_t port, const struct app *app,
                                    const struct http_server *server, struct metrics **ret);
void metrics_stop(struct metrics *metrics); /* NULL is fine */

#endif
