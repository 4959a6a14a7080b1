#include "http/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/compiler.h"
#include "base/str.h"
#include "http/parse.h"

#define ADDRESS_TEXT_MAX 63
#define V4_OFFSET 12 /* where the four bytes stand in the mapped form */

static struct proxy_address from_v4(const void *bytes)
{
    struct proxy_address made = {.byte = {[10] = 0xFF, [11] = 0xFF}};
    memcpy(made.byte + V4_OFFSET, bytes, 4);
    return made;
}

static bool is_v4(struct proxy_address address)
{
    static const uint8_t prefix[V4_OFFSET] = {[10] = 0xFF, [11] = 0xFF};
    return memcmp(address.byte, prefix, sizeof prefix) == 0;
}

struct proxy_address_text proxy_address_text(struct proxy_address address)
{
    struct proxy_address_text text = {""};
    if (is_v4(address))
        (void)inet_ntop(AF_INET, address.byte + V4_OFFSET, text.s, sizeof text.s);
    else
        (void)inet_ntop(AF_INET6, address.byte, text.s, sizeof text.s);
    return text;
}

struct proxy_address proxy_address_of(const struct sockaddr *address)
{
    struct proxy_address made = {{0}};
    if (address && address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        made = from_v4(&in.sin_addr);
    } else if (address && address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        memcpy(made.byte, &in6.sin6_addr, sizeof made.byte);
    }
    return made;
}

/* Cuts a port off: "[…]:1" and "1.2.3.4:1". A bare IPv6 address keeps all its colons. */
static void without_port(char *text)
{
    if (text[0] == '[') {
        char *end = strchr(text, ']');
        if (end && (end[1] == '\0' || end[1] == ':')) {
            *end = '\0';
            memmove(text, text + 1, strlen(text));
        }
        return;
    }
    char *colon = strchr(text, ':');
    if (colon && !strchr(colon + 1, ':'))
        *colon = '\0';
}

enum status proxy_address_parse(const char *text, size_t len, struct proxy_address *ret_address)
{
    char copy[ADDRESS_TEXT_MAX + 1];
    if (len == 0 || len >= sizeof copy || memchr(text, '\0', len))
        return ERR_INVALID;
    memcpy(copy, text, len);
    copy[len] = '\0';
    without_port(copy);
    uint8_t bytes[16];
    if (inet_pton(AF_INET, copy, bytes) == 1)
        *ret_address = from_v4(bytes);
    else if (inet_pton(AF_INET6, copy, bytes) == 1)
        memcpy(ret_address->byte, bytes, sizeof bytes);
    else
        return ERR_INVALID;
    return OK;
}

static enum status parse_block(const char *text, struct proxy_block *ret_block)
{
    const char *slash = strchr(text, '/');
    size_t len = slash ? (size_t)(slash - text) : strlen(text);
    struct proxy_address address;
    enum status st = proxy_address_parse(text, len, &address);
    if (st != OK)
        return st;
    int64_t most = is_v4(address) && !memchr(text, ':', len) ? 32 : 128;
    int64_t bits = most;
    if (slash) {
        st = str_to_int64(slash + 1, &bits);
        if (st != OK)
            return st;
        if (bits < 0 || bits > most)
            return ERR_INVALID;
    }
    *ret_block = (struct proxy_block){address, (unsigned)(bits + 128 - most)};
    return OK;
}

enum status proxy_list_init(const char *const *texts, struct proxy_list *ret_list)
{
    size_t count = 0;
    while (texts && texts[count])
        count++;
    struct proxy_list list = {0};
    if (count) {
        list.blocks = calloc(count, sizeof *list.blocks);
        if (!list.blocks)
            return ERR_NOMEM;
    }
    for (; list.count < count; list.count++) {
        enum status st = parse_block(texts[list.count], &list.blocks[list.count]);
        if (st != OK) {
            proxy_list_done(&list);
            return st;
        }
    }
    *ret_list = list;
    return OK;
}

void proxy_list_done(struct proxy_list *list)
{
    free(list->blocks);
    *list = (struct proxy_list){0};
}

static bool block_has(const struct proxy_block *block, struct proxy_address address)
{
    unsigned whole = block->bits / 8;
    unsigned rest = block->bits % 8;
    if (memcmp(block->address.byte, address.byte, whole) != 0)
        return false;
    return rest == 0 || ((block->address.byte[whole] ^ address.byte[whole]) >> (8 - rest)) == 0;
}

bool proxy_list_has(const struct proxy_list *list, struct proxy_address address)
{
    for (size_t i = 0; i < list->count; i++)
        if (block_has(&list->blocks[i], address))
            return true;
    return false;
}

struct proxy_address proxy_client(const struct proxy_list *list, struct proxy_address connected,
                                  const char *const *forwarded_for, size_t count)
{
    struct proxy_address client = connected;
    for (size_t i = count; i > 0; i--) {
        size_t len = strlen(forwarded_for[i - 1]);
        struct bytes item;
        while (proxy_list_has(list, client) && parse_last_item(forwarded_for[i - 1], &len, &item))
            if (proxy_address_parse((const char *)item.data, item.len, &client) != OK)
                return client;
    }
    return client;
}
