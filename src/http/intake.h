/*
 * intake: a request comes in: its first line, its headers, its body; each is judged as soon as it
 * can be, and what may not come in is refused before it is read. Internal to http/: what
 * libmicrohttpd calls, in the threads of its connections. `context` is the struct http_server.
 */
#ifndef HTTP_INTAKE_H
#define HTTP_INTAKE_H

#include <microhttpd.h>

/* The first line of a request is in. What it returns comes back as *state in intake_request(). */
void *intake_line(void *context, const char *target, struct MHD_Connection *connection);

/* The library would decode in place; parse_target() does it, and refuses what it must. */
size_t intake_leave_encoded(void *context, struct MHD_Connection *connection, char *text);

/* Headers, a piece of the body, or the end of it. */
enum MHD_Result intake_request(void *context, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *len, void **state);

/* The answer is sent, or never will be: all of the request is freed. */
void intake_completed(void *context, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode why);

#endif
