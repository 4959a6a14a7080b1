/*
 * live_web: two devices in one conversation. Each holds a stream; when something was kept, or the shared
 * question moved, all are told THAT, never what: they fetch it as a page of their own, under their
 * own rights. A stream that breaks comes back by itself and looks at once.
 */
#ifndef CONVERSATION_LIVE_WEB_H
#define CONVERSATION_LIVE_WEB_H

#include "base/ids.h"
#include "base/status.h"

struct web;

/* Tells them once this request is committed. Costs nothing when nobody listens. */
void live_changed(struct web *web, struct conversation_id id);

/* The stream itself, as the answer to a GET. The caller checked the right. */
NODISCARD enum status live_stream(struct web *web, struct conversation_id id);

#endif
