/*
 * assets_web: the embedded files under /a/, cacheable for ever because their names change with
 * their content. Compressed when the browser takes it; 304 when it has it.
 */
#ifndef WEB_ASSETS_WEB_H
#define WEB_ASSETS_WEB_H

#include <stdbool.h>

struct http_request;
struct http_response;

/*
 * Answers a request for an asset without session, database or worker state. False when the path
 * is not under /a/ (then nothing was done).
 */
bool assets_answer(const struct http_request *request, struct http_response *response);

#endif
