#include "url.h"

static const char unsafe_start[] = "write the first characters of an address plainly";
static const char other_host[] = "\"//\" at the start of an address names another host";

static bool scheme_is_known(const struct url *url)
{
    static const char *const schemes[] = {"https", "mailto", "tel"};
    struct slice scheme = {url->scheme, url->scheme_len};
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
        if (slice_is(scheme, schemes[i]))
            return true;
    }
    return false;
}

static void add_to_scheme(struct url *url, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (url->scheme_len < sizeof url->scheme)
        url->scheme[url->scheme_len++] = c;
}

static bool is_scheme_char(char c)
{
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}

static const char *start(struct url *url, char c)
{
    if (c == '&' || c == '\\' || c == ':')
        return unsafe_start;
    url->scheme_len = 0;
    if (is_letter(c)) {
        url->state = URL_SCHEME;
        add_to_scheme(url, c);
    } else {
        url->state = c == '/' ? URL_SLASH : URL_REST;
    }
    return NULL;
}

static const char *in_scheme(struct url *url, char c)
{
    if (c == '&' || c == '\\')
        return unsafe_start;
    if (c == ':' && url->state == URL_OPEN)
        return "the scheme of an address cannot be put together";
    if (c == ':' && !scheme_is_known(url))
        return "the schemes of addresses are https:, mailto: and tel:";
    if (!is_scheme_char(c))
        url->state = URL_REST;
    else if (url->state == URL_SCHEME)
        add_to_scheme(url, c);
    return NULL;
}

static const char *after_slash(struct url *url, char c)
{
    if (c == '/')
        return other_host;
    if (c == '&' || c == '\\')
        return unsafe_start;
    url->state = URL_REST;
    return NULL;
}

const char *url_literal(struct url *url, char c)
{
    if (url->list && (is_space(c) || c == ',')) {
        url->state = URL_START;
        return NULL;
    }
    if (is_space(c))
        return "white space in an address";
    switch (url->state) {
    case URL_START:
        return start(url, c);
    case URL_SCHEME:
    case URL_OPEN:
        return in_scheme(url, c);
    case URL_SLASH:
        return after_slash(url, c);
    case URL_WHOLE:
        url->state = c == '/' ? URL_SLASH : URL_REST;
        return c == '\\' ? unsafe_start : NULL;
    case URL_REST:
        break;
    }
    return NULL;
}

const char *url_expression(struct url *url, bool encoded, enum url_sink *ret_sink)
{
    enum url_state before = url->state;
    *ret_sink = URL_SINK_PART;
    if (before == URL_SCHEME)
        url->state = URL_OPEN;
    else if (before == URL_SLASH)
        url->state = URL_REST;
    if (before == URL_START && (url->list || encoded)) {
        url->state = URL_REST;
        *ret_sink = URL_SINK_NONE;
        return url->list ? "in a list of addresses each one starts with a literal"
                         : "an id is not an address: write the path before it";
    }
    if (before == URL_START) {
        url->state = URL_WHOLE;
        *ret_sink = URL_SINK_WHOLE;
    }
    /* "/{{ a }}/{{ b }}" with an empty a would be "//b": another host. */
    if (before == URL_SLASH && !encoded) {
        *ret_sink = URL_SINK_NONE;
        return "write the first part of the path out: an empty value would make it \"//\"";
    }
    return NULL;
}

bool url_join(struct url *url, const struct url *other)
{
    bool both_decided = url->state >= URL_SLASH && other->state >= URL_SLASH;
    if (both_decided && other->state < url->state)
        url->state = other->state; /* the stricter */
    else if (!both_decided && url->state != other->state)
        return false;
    if (url->state == URL_SCHEME)
        url->state = URL_OPEN;
    return true;
}
