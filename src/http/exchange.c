#include "http/exchange.h"

#include <strings.h>

#include "base/arena.h"
#include "http/proxy.h"

#define FORWARDED_MAX 16 /* X-Forwarded-* fields of one name; with more, none is believed */

/* What the nearest proxy said: the last item of the last field. */
static bool last_said(struct http_exchange *exchange, const char *name, struct bytes *ret_item)
{
    const char *values[FORWARDED_MAX];
    size_t count = exchange_fields(exchange, name, values, FORWARDED_MAX);
    if (count == 0 || count > FORWARDED_MAX)
        return false;
    size_t len = strlen(values[count - 1]);
    return parse_last_item(values[count - 1], &len, ret_item);
}

void exchange_origin(struct http_exchange *exchange, const struct proxy_list *proxies,
                     struct http_request *request)
{
    struct proxy_address client = exchange->conn->address;
    request->host = exchange->host;
    request->secure = exchange->secure;
    if (proxy_list_has(proxies, client)) {
        const char *values[FORWARDED_MAX];
        size_t count = exchange_fields(exchange, "X-Forwarded-For", values, FORWARDED_MAX);
        if (count <=
            FORWARDED_MAX) /* the last ones count: half a list would be the client's half */
            client = proxy_client(proxies, client, values, count);
        struct bytes said;
        if (last_said(exchange, "X-Forwarded-Proto", &said))
            request->secure =
                said.len == 5 && strncasecmp((const char *)said.data, "https", 5) == 0;
        if (last_said(exchange, "X-Forwarded-Host", &said) &&
            parse_host_valid((const char *)said.data, said.len))
            request->host = arena_strndup(request->arena, (const char *)said.data, said.len);
    }
    request->peer = arena_strdup(request->arena, proxy_address_text(client).s);
}
