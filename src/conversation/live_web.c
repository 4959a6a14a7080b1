#include "conversation/live_web.h"

#include "web/web.h"

void live_changed(struct web *web, struct conversation_id id)
{
    web->push_channel = (uint64_t)id.v;
}

enum status live_stream(struct web *web, struct conversation_id id)
{
    return web_stream(web, (uint64_t)id.v);
}
