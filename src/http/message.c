#include <strings.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/log.h"
#include "base/utf8.h"
#include "http/exchange.h"
#include "http/http.h"
#include "http/parse.h"

#define COOKIE_FIELDS_MAX 8 /* Cookie headers looked at; browsers send one */

/* At most `most` fields of that name, of a request from a socket or from a test. */
static size_t fields_named(const struct http_request *request, const char *name,
                           const char **values, size_t most)
{
    const struct http_state *state = request->state;
    if (!state)
        return 0;
    size_t count = 0;
    if (state->exchange) {
        count = exchange_fields(state->exchange, name, values, most);
        return count < most ? count : most;
    }
    for (size_t i = 0; i < state->field_count && count < most; i++)
        if (strcasecmp(state->fields[i].name, name) == 0)
            values[count++] = state->fields[i].value;
    return count;
}

const char *http_header(const struct http_request *request, const char *name)
{
    const char *value = NULL;
    if (fields_named(request, name, &value, 1) == 0 || !utf8_valid(value, strlen(value)))
        return NULL;
    return value;
}

const char *http_cookie(const struct http_request *request, const char *name)
{
    const char *values[COOKIE_FIELDS_MAX];
    size_t count = fields_named(request, "Cookie", values, COOKIE_FIELDS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct bytes value;
        if (parse_cookie(values[i], name, &value))
            return arena_strndup(request->arena, (const char *)value.data, value.len);
    }
    return NULL;
}

void http_add_header(struct http_response *response, const struct http_request *request,
                     const char *name, const char *value)
{
    if (!parse_field_valid(name, value)) {
        log_event(LOG_ERROR, "http_header_refused", "reason=control_character");
        return;
    }
    if (response->field_count == ARRAY_LEN(response->fields)) {
        log_event(LOG_ERROR, "http_header_refused", "reason=too_many name=%s", name);
        return;
    }
    response->fields[response->field_count++] =
        (struct http_field){name, arena_strdup(request->arena, value)};
}

void http_event_stream(struct http_response *response, const struct http_request *request,
                       uint64_t channel)
{
    if (response->stream)
        return;
    response->stream = true;
    response->channel = channel;
    if (request->state && request->state->exchange)
        exchange_stream(request->state->exchange, channel);
}
