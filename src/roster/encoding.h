/*
 * encoding: the one 8-bit encoding that Dutch schools still send, Windows-1252.
 */
#ifndef ROSTER_ENCODING_H
#define ROSTER_ENCODING_H

#include <stdint.h>

/* The code point of a byte; 0xFFFD for the five bytes that stand for nothing. */
uint32_t cp1252_code(uint8_t byte);

#endif
