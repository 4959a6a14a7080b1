/*
 * qr: a QR code as the `d` attribute of one SVG path, for badges on paper and for setting up an
 * authenticator on screen. Knows libqrencode; refuses to know what the text means and writes no
 * tag.
 *
 *   <svg viewBox="0 0 {{ size }} {{ size }}"><path d="{{ d }}"/></svg>
 *
 * One unit is one module. The quiet zone of four modules that scanners need is inside the size.
 */
#ifndef SIGNIN_QR_H
#define SIGNIN_QR_H

#include "base/status.h"

struct arena;

#define QR_TEXT_MAX 512 /* bytes; more gets too fine to scan from paper */

/* How much of the code may be dirty or torn: paper badges want more than a screen. */
enum qr_for { QR_FOR_SCREEN, QR_FOR_PAPER };

struct qr {
    const char *d; /* in the arena; lines to be stroked one unit wide, without fill */
    int size;      /* width and height in modules, with the quiet zone */
};

/* ERR_INVALID for no text, ERR_LIMIT above QR_TEXT_MAX, ERR_NOMEM. */
NODISCARD enum status qr_encode(struct arena *arena, const char *text, enum qr_for purpose,
                                struct qr *ret_qr);

#endif
