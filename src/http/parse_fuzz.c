/*
 * The fuzz target of the pure parts of http/: any bytes may go in, and what comes out must keep
 * the promises of parse.h and proxy.h. Linked with libFuzzer as it is; parse_test.c feeds it as
 * well.
 */
#include <assert.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "http/parse.h"
#include "http/proxy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_target(char *text)
{
    struct parse_target target;
    if (parse_target(text, &target) != 0)
        return;
    size_t len = strlen(target.path);
    assert(target.path[0] == '/' && utf8_valid(target.path, len));
    assert(!strstr(target.path, "//") && !strstr(target.path, "/../") &&
           !strchr(target.path, '\\'));
    for (size_t i = 0; i < len; i++)
        assert((unsigned char)target.path[i] >= ' ' && target.path[i] != 0x7F);
    assert(!target.authority || parse_host_valid(target.authority, strlen(target.authority)));
    assert(!strpbrk(target.query, " \r\n"));
}

static void try_framing(const char *text)
{
    static const char *const names[] = {"Host", "Content-Length", "Transfer-Encoding", "Cookie"};
    struct parse_framing framing = {0};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        parse_framing_field(&framing, names[i], text);
    parse_framing_field(&framing, text, "1");
    assert(parse_framing_verdict(&framing, true) == 400); /* length and encoding together */
    (void)parse_field_valid(text, text);
}

static void try_lists(const char *text)
{
    size_t len = strlen(text);
    size_t before = len;
    struct bytes item;
    while (parse_last_item(text, &len, &item)) {
        assert(item.len > 0 && len < before);
        assert(!memchr(item.data, ',', item.len));
        before = len;
    }
    if (parse_cookie(text, "sid", &item))
        assert(utf8_valid((const char *)item.data, item.len));

    static const char *const trusted[] = {"10.0.0.0/8", "fc00::/7", NULL};
    struct proxy_list proxies;
    if (proxy_list_init(trusted, &proxies) != OK)
        return;
    struct proxy_address near = {{[10] = 0xFF, [11] = 0xFF, [12] = 10}};
    struct proxy_address client = proxy_client(&proxies, near, &text, 1);
    struct proxy_address_text shown = proxy_address_text(client);
    struct proxy_address again;
    assert(proxy_address_parse(shown.s, strlen(shown.s), &again) == OK);
    assert(memcmp(&again, &client, sizeof client) == 0);
    proxy_list_done(&proxies);

    const char *const any[] = {text, NULL};
    if (proxy_list_init(any, &proxies) == OK)
        proxy_list_done(&proxies);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1); /* exactly as large, so that a sanitizer sees the end */
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    try_framing(text);
    try_lists(text);
    try_target(text); /* last: it writes */
    free(text);
    return 0;
}
