#include "web/assets_web.h"

#include "base/buf.h"
#include "base/str.h"
#include "gen/assets.h"
#include "http/http.h"

/* Does a header's comma list name `token`, with a quality other than 0? */
static bool accepts(const char *header, const char *token)
{
    const char *at = header ? strstr(header, token) : NULL;
    if (!at)
        return false;
    size_t len = strcspn(at, ",");
    const char *zero = strstr(at, ";q=0");
    bool refused = zero && zero < at + len && (zero[4] == '\0' || zero[4] == ',');
    return !refused;
}

struct variant {
    struct bytes bytes;
    const char *etag, *encoding;
};

static struct variant choose(const struct asset *asset, const char *accept)
{
    if (asset->brotli.data && accepts(accept, "br"))
        return (struct variant){asset->brotli, asset->etag_brotli, "br"};
    if (asset->gzip.data && accepts(accept, "gzip"))
        return (struct variant){asset->gzip, asset->etag_gzip, "gzip"};
    return (struct variant){asset->plain, asset->etag, NULL};
}

bool assets_answer(const struct http_request *request, struct http_response *response)
{
    if (!str_starts(request->path, "/a/"))
        return false;
    bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;
    const struct asset *asset = reads ? asset_by_url(request->path) : NULL;
    if (!asset) {
        response->status = reads ? 404 : 405;
        if (!reads)
            http_add_header(response, request, "Allow", "GET, HEAD");
        response->content_type = "text/plain; charset=utf-8";
        http_add_header(response, request, "Cache-Control", "no-store");
        http_add_header(response, request, "X-Content-Type-Options", "nosniff");
        return true;
    }
    struct variant variant = choose(asset, http_header(request, "Accept-Encoding"));
    const char *known = http_header(request, "If-None-Match");
    response->status = known && strstr(known, variant.etag) ? 304 : 200;
    response->content_type = asset->type;
    response->constant = variant.bytes;
    http_add_header(response, request, "ETag", variant.etag);
    http_add_header(response, request, "Cache-Control", "public, max-age=31536000, immutable");
    http_add_header(response, request, "Vary", "Accept-Encoding");
    http_add_header(response, request, "X-Content-Type-Options", "nosniff");
    http_add_header(response, request, "Cross-Origin-Resource-Policy", "same-origin");
    if (variant.encoding)
        http_add_header(response, request, "Content-Encoding", variant.encoding);
    return true;
}
