#include "operate/smtp.h"

#define CURL_DISABLE_TYPECHECK /* its macros want the function itself */
#include <curl/curl.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/library.h"
#include "base/str.h"

#define CONNECT_SECONDS 10L
#define WHOLE_SECONDS 30L
#define BASE64_LINE 57 /* bytes: 76 characters, RFC 2045 6.8 */
#define WORD_BYTES 42  /* bytes of an encoded word: within 75 characters, RFC 2047 2 */

#define LIBCURL(FUNCTION)                                                                          \
    FUNCTION(curl_easy_cleanup)                                                                    \
    FUNCTION(curl_easy_getinfo)                                                                    \
    FUNCTION(curl_easy_init)                                                                       \
    FUNCTION(curl_easy_perform)                                                                    \
    FUNCTION(curl_easy_setopt)                                                                     \
    FUNCTION(curl_free)                                                                            \
    FUNCTION(curl_global_cleanup)                                                                  \
    FUNCTION(curl_global_init)                                                                     \
    FUNCTION(curl_slist_append)                                                                    \
    FUNCTION(curl_slist_free_all)                                                                  \
    FUNCTION(curl_url)                                                                             \
    FUNCTION(curl_url_cleanup)                                                                     \
    FUNCTION(curl_url_get)                                                                         \
    FUNCTION(curl_url_set)

struct smtp {
    LIBCURL(LIBRARY_MEMBER)
};

#define SYMBOL(name) LIBRARY_SYMBOL(smtp, name)
static const struct library_symbol symbols[] = {LIBCURL(SYMBOL)};

enum status smtp_open(struct smtp **ret)
{
    struct smtp *smtp = malloc(sizeof *smtp);
    if (!smtp)
        return ERR_NOMEM;
    enum status st = library_load("libcurl-gnutls.so.4", symbols, ARRAY_LEN(symbols), smtp);
    if (st == OK && smtp->curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        st = ERR_INVALID;
    if (st != OK) {
        free(smtp);
        return st;
    }
    *ret = smtp;
    return OK;
}

void smtp_close(struct smtp *smtp)
{
    smtp->curl_global_cleanup();
    free(smtp);
}

bool smtp_is_loopback(const struct smtp *smtp, const char *url)
{
    CURLU *parts = smtp->curl_url();
    char *host = NULL;
    bool is =
        parts && smtp->curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
        smtp->curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
        (str_equal(host, "localhost") || str_equal(host, "127.0.0.1") || str_equal(host, "[::1]"));
    smtp->curl_free(host);
    smtp->curl_url_cleanup(parts);
    return is;
}

/* --- the message ------------------------------------------------------------------------------ */

static const char *base64(struct arena *arena, const char *bytes, size_t len)
{
    size_t size = sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(arena, size);
    if (!text)
        return "";
    return sodium_bin2base64(text, size, (const uint8_t *)bytes, len,
                             sodium_base64_VARIANT_ORIGINAL);
}

/* Encoded words of whole characters. */
static const char *header_text(struct arena *arena, const char *text)
{
    const char *out = "";
    for (size_t at = 0, len = strlen(text); at < len;) {
        size_t take = len - at < WORD_BYTES ? len - at : WORD_BYTES;
        while (take && ((unsigned char)text[at + take] & 0xc0) == 0x80)
            take--;
        out = arena_printf(arena, "%s%s=?UTF-8?B?%s?=", out, at ? "\r\n " : "",
                           base64(arena, text + at, take));
        at += take;
    }
    return out;
}

static const char *body_text(struct arena *arena, const char *text)
{
    const char *out = "";
    for (size_t at = 0, len = strlen(text); at < len; at += BASE64_LINE) {
        size_t take = len - at < BASE64_LINE ? len - at : BASE64_LINE;
        out = arena_printf(arena, "%s%s\r\n", out, base64(arena, text + at, take));
    }
    return out;
}

static const char *date_header(struct arena *arena, int64_t at_ms)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct date day = date_from_days((int32_t)(at_ms / MS_DAY));
    int second = (int)(at_ms % MS_DAY / MS_SECOND);
    return arena_printf(arena, "%d %s %04d %02d:%02d:%02d +0000", day.day, months[day.month - 1],
                        day.year, second / 3600, second / 60 % 60, second % 60);
}

const char *smtp_message(const struct smtp_server *server, const struct smtp_letter *letter,
                         struct arena *arena)
{
    const char *domain = strchr(server->from, '@');
    const char *text = arena_printf(
        arena,
        "Date: %s\r\nFrom: Weerklank <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s%s>\r\n"
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s",
        date_header(arena, letter->at_ms), server->from, letter->to,
        header_text(arena, letter->subject), id_text(letter->id).s, domain ? domain : "@weerklank",
        body_text(arena, letter->text));
    return arena_failed(arena) ? NULL : text;
}

/* --- the wire --------------------------------------------------------------------------------- */

struct upload {
    const char *rest;
    size_t left;
    bool begun; /* the server wants the text: sender and address were fine */
};

static size_t give(char *to, size_t size, size_t count, void *context)
{
    struct upload *upload = context;
    size_t take = size * count < upload->left ? size * count : upload->left;
    memcpy(to, upload->rest, take);
    upload->rest += take;
    upload->left -= take;
    upload->begun = true;
    return take;
}

static enum smtp_result result_of(CURLcode code, long answer, bool begun)
{
    switch ((int)code) {
    case CURLE_OK:
        return SMTP_SENT;
    case CURLE_LOGIN_DENIED:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_USE_SSL_FAILED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return SMTP_BROKEN;
    case CURLE_OUT_OF_MEMORY:
        return SMTP_LATER;
    default:
        break;
    }
    /* A 5yz to the address or to the text is about this letter; one to the greeting is not. */
    bool about_letter = begun || code == CURLE_SEND_ERROR;
    return answer >= 500 && answer < 600 && about_letter ? SMTP_REFUSED : SMTP_LATER;
}

static bool set_up(const struct smtp *smtp, CURL *curl, const struct smtp_server *server,
                   struct curl_slist *to, struct upload *upload, const char *from)
{
    /* Own options one by one: a proxy or a file of the machine's user has no say here. */
    return smtp->curl_easy_setopt(curl, CURLOPT_URL, server->url) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_USE_SSL,
                                  server->may_be_plain ? (long)CURLUSESSL_TRY
                                                       : (long)CURLUSESSL_ALL) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) ==
               CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_TIMEOUT, WHOLE_SECONDS) == CURLE_OK &&
           (!server->user ||
            (smtp->curl_easy_setopt(curl, CURLOPT_USERNAME, server->user) == CURLE_OK &&
             smtp->curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password) == CURLE_OK)) &&
           smtp->curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_READFUNCTION, give) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_READDATA, upload) == CURLE_OK &&
           smtp->curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK;
}

enum smtp_result smtp_send(const struct smtp *smtp, const struct smtp_server *server,
                           const struct smtp_letter *letter, struct arena *arena, long *ret_code)
{
    const char *message = smtp_message(server, letter, arena);
    const char *from = arena_printf(arena, "<%s>", server->from);
    const char *to = arena_printf(arena, "<%s>", letter->to);
    enum smtp_result result = SMTP_LATER;
    *ret_code = 0;
    if (!message || arena_failed(arena))
        return SMTP_LATER;
    struct upload upload = {.rest = message, .left = strlen(message)};
    CURL *curl = smtp->curl_easy_init();
    struct curl_slist *list = smtp->curl_slist_append(NULL, to);
    if (curl && list && set_up(smtp, curl, server, list, &upload, from)) {
        CURLcode code = smtp->curl_easy_perform(curl);
        (void)smtp->curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, ret_code);
        result = result_of(code, *ret_code, upload.begun);
    }
    smtp->curl_slist_free_all(list);
    smtp->curl_easy_cleanup(curl);
    return result;
}
