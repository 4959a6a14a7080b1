/*
 * send: answers on their way out: what a handler filled in, or a refusal, made into what
 * libmicrohttpd sends. Internal to http/. Knows how an answer travels; refuses to know what was
 * asked.
 */
#ifndef HTTP_SEND_H
#define HTTP_SEND_H

#include <stdbool.h>

struct http_exchange;
struct worker;

/* Makes the answer of a request that no handler sees, or whose handler failed. */
void send_refusal(struct http_exchange *exchange, int status, bool close);

/* Lets the handler answer, in the thread that the worker belongs to. */
void send_run(struct worker *worker, struct http_exchange *exchange);

/* Gives the answer to the library, in the connection's thread. False: hang up. */
bool send_answer(struct http_exchange *exchange);

#endif
