/*
 * press: what printing needs and is dear to make: the fonts, unpacked and known to fontconfig, the
 * map that pango keeps of them, the pictures. One for the whole program, shared by all threads; one
 * page is set at a time. Knows fonts and pictures; refuses to know what is printed.
 *
 * The fonts are the program's own (assets/fonts), unpacked in memory: nothing is installed, nothing
 * is written. For letters that they do not have (Arabic, Greek, emoji) it takes what the machine
 * has in /usr/share/fonts. While a press is open, its fontconfig configuration is the process's
 * current one: nobody else in this program uses fontconfig.
 *
 * Opening is cheap. The fonts are unpacked at the first page (some 30 ms and 15 MiB), because most
 * servers start more often than they print.
 */
#ifndef PRINT_PRESS_H
#define PRINT_PRESS_H

#include "base/status.h"

struct paper_press;

/*
 * ERR_NOMEM. At most one at a time. Makes the files in memory that the fonts are unpacked into
 * later: the sandbox of `serve` forbids making them, so call this before it.
 */
NODISCARD enum status paper_press_open(struct paper_press **ret_press);

/* After the last page; NULL is fine. */
void paper_press_close(struct paper_press *press);

#endif
