/*
 * respond: turns a chosen reply into bytes and headers. The security headers of every answer are
 * one table here. Used by the dispatcher only.
 */
#ifndef WEB_RESPOND_H
#define WEB_RESPOND_H

#include "base/status.h"

struct web;

/* Replaces the reply by the plain page for a refusal; knows which status becomes which number. */
void respond_refusal(struct web *web, enum status status);
void respond_code(struct web *web, int code);

/* Renders web->reply into web->response, with headers. */
void respond(struct web *web);

#endif
