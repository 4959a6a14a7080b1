/*
 * proxy: who is really asking, when a reverse proxy stands in front. Only what a trusted proxy says
 * is believed; anybody can write X-Forwarded-For. Pure: addresses and text in, addresses out.
 */
#ifndef HTTP_PROXY_H
#define HTTP_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct sockaddr;

/* An IPv6 address, or an IPv4 one in its mapped form (::ffff:a.b.c.d). */
struct proxy_address {
    uint8_t byte[16];
};

#define PROXY_ADDRESS_TEXT 46

struct proxy_address_text {
    char s[PROXY_ADDRESS_TEXT];
};

/* The usual text: "192.0.2.7", "2001:db8::1". */
struct proxy_address_text proxy_address_text(struct proxy_address address);

/* Of an accepted socket; all zero for a family that is not IP. */
struct proxy_address proxy_address_of(const struct sockaddr *address);

/* Reads "192.0.2.7", "192.0.2.7:4711", "2001:db8::1" or "[2001:db8::1]:4711". ERR_INVALID else. */
NODISCARD enum status proxy_address_parse(const char *text, size_t len,
                                          struct proxy_address *ret_address);

struct proxy_block {
    struct proxy_address address;
    unsigned bits; /* 0 … 128 */
};

/* The addresses of our own proxies. Zero value: none. */
struct proxy_list {
    struct proxy_block *blocks;
    size_t count;
};

/* Reads addresses and CIDR blocks, NULL-terminated; ERR_INVALID, ERR_NOMEM. NULL: an empty list. */
NODISCARD enum status proxy_list_init(const char *const *texts, struct proxy_list *ret_list);
void proxy_list_done(struct proxy_list *list);
bool proxy_list_has(const struct proxy_list *list, struct proxy_address address);

/*
 * The client: starting at the address that connected, each trusted address is replaced by the one
 * it says it forwarded for, from right to left through the X-Forwarded-For fields (in order
 * received), until an address that is not trusted, or the end, or something that is no address.
 */
struct proxy_address proxy_client(const struct proxy_list *list, struct proxy_address connected,
                                  const char *const *forwarded_for, size_t count);

#endif
