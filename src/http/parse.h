/*
 * parse: the pure part of reading a request: what a target, a header field, a cookie or a list in
 * a header means, and which ones are refused. No sockets, no memory of its own, no library; every
 * function may be handed any bytes (tests/fuzz does).
 *
 * Functions that judge answer 0 for "good" or the HTTP status to refuse with.
 */
#ifndef HTTP_PARSE_H
#define HTTP_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* A request target taken apart. The strings lie inside the text that was given. */
struct parse_target {
    const char *path;      /* decoded */
    const char *query;     /* raw; "" when there is none */
    const char *authority; /* of "http://authority/path"; NULL in the usual form */
};

/*
 * Takes `target` (writable, NUL-terminated) apart in place. 400 when it is not "/…" or
 * "http(s)://host/…"; when the decoded path has a control character, invalid UTF-8, a backslash,
 * "//", a "." or ".." segment or an encoded slash; when the query, decoded, has a control
 * character or invalid UTF-8; when a '%' is not followed by two hexadecimal digits.
 */
int parse_target(char *target, struct parse_target *ret_target);

/* The header fields that decide where a request ends, gathered field by field. */
struct parse_framing {
    unsigned hosts, lengths, encodings;
    bool bad_name; /* a name that is not a token: "Content-Length :" and the like */
    bool chunked;
    bool other_encoding;
    uint64_t length;
    bool bad_length;
    const char *host; /* the first Host field's value */
};

/* Adds one header field. `framing` starts as {0}. */
void parse_framing_field(struct parse_framing *framing, const char *name, const char *value);

/*
 * Judges all fields together: 400 for a missing (HTTP/1.1), duplicate or malformed Host, a
 * duplicate or malformed Content-Length, Transfer-Encoding with Content-Length or in HTTP/1.0;
 * 501 for a transfer encoding other than "chunked".
 */
int parse_framing_verdict(const struct parse_framing *framing, bool http_1_1);

/* A host, with or without port, as it may stand in Host: letters, digits, ". - _ : [ ]". */
bool parse_host_valid(const char *host, size_t len);

/* Text that may stand in a header we send: no CR, LF, NUL or other control but tab. */
bool parse_field_valid(const char *name, const char *value);

/*
 * The value of cookie `name` in one Cookie header, without surrounding quotes; false when absent
 * or not valid UTF-8. The first of several.
 */
bool parse_cookie(const char *header, const char *name, struct bytes *ret_value);

/*
 * The last item of a comma-separated list of *len bytes, trimmed; *len becomes the length of what
 * stands before it. False when nothing is left. Reads "a, b" as "b", then "a".
 */
bool parse_last_item(const char *list, size_t *len, struct bytes *ret_item);

#endif
