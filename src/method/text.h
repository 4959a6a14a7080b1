/*
 * text: the YAML of a method version, sealed with the school's own key and opened again. Inside of
 * method/ only: store.h and own.h are its two sides.
 */
#ifndef METHOD_TEXT_H
#define METHOD_TEXT_H

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

NODISCARD enum status method_text_seal(struct work *work, struct method_version_id id,
                                       const char *yaml, size_t len, struct sealed *ret_sealed);
/* *ret_yaml lives in the arena, a NUL behind it. ERR_CORRUPT. */
NODISCARD enum status method_text_open(struct work *work, struct method_version_id id,
                                       struct sealed sealed, struct bytes *ret_yaml);

#endif
