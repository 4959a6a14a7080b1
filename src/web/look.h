/*
 * look: theme, reading help and language as the reader chose them, in one cookie ("dark.wide.en").
 * A signed-in person's language comes from the account instead.
 */
#ifndef WEB_LOOK_H
#define WEB_LOOK_H

#include "i18n/tr.h"
#include "web/page.h"
#include "web/route.h"

struct web;

struct look look_of(const struct web *web);

/* The cookie's language, else the first of Accept-Language that we speak, else Dutch. */
enum lang look_language(const struct web *web);

/* Did the reader choose a language on this device? Then it goes before the account's. */
bool look_language_chosen(const struct web *web);

extern const struct route look_routes[];

#endif
