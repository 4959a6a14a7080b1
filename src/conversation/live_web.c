#include "conversation/live_web.h"

#include "http/http.h"
#include "web/app.h"
#include "web/web.h"

void live_changed(struct web *web, struct conversation_id id)
{
    struct http_server *server = web->app->server;
    if (server)
        http_event_push(server, (uint64_t)id.v, "changed", "");
}

enum status live_stream(struct web *web, struct conversation_id id)
{
    return web_stream(web, (uint64_t)id.v);
}
