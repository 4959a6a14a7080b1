/* What assetc made of ok/: linked into this program as any product's assets would be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ZLIB_CONST
#include <brotli/decode.h>
#include <zlib.h>

#include "base/compiler.h"
#include "assets_ok.h"
#include "embedded_ok.h"
#include "texts_ok.h"

static const struct asset *named(const char *name)
{
    const struct asset *asset = asset_by_url(asset_url(name));
    assert_non_null(asset);
    assert_string_equal(asset->name, name);
    return asset;
}

static struct bytes file_of(const char *name, uint8_t *room, size_t size)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/assets/%s", getenv("ASSETC_OK"), name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    size_t len = fread(room, 1, size, in);
    (void)fclose(in);
    return (struct bytes){room, len};
}

static void urls_carry_a_hash(void **state UNUSED)
{
    const char *url = asset_url("fonts/own.woff2");
    assert_int_equal(strncmp(url, "/a/own.", 7), 0);
    assert_int_equal(strspn(url + 7, "0123456789abcdef"), 10);
    assert_string_equal(url + 17, ".woff2");
    assert_null(asset_by_url("/a/own.woff2"));
    assert_null(asset_by_url(""));
}

static void only_the_files_meant_are_there(void **state UNUSED)
{
    unsigned count = 0;
    const struct asset *all = asset_all(&count);
    assert_int_equal(count, 7);
    for (unsigned i = 0; i < count; i++) {
        assert_null(strstr(all[i].name, "README"));
        assert_null(strstr(all[i].name, "hidden"));
        assert_ptr_equal(named(all[i].name), &all[i]);
    }
}

static void types_are_right(void **state UNUSED)
{
    assert_string_equal(named("style.css")->type, "text/css; charset=utf-8");
    assert_string_equal(named("art.svg")->type, "image/svg+xml");
    assert_string_equal(named("fonts/own.woff2")->type, "font/woff2");
}

static void bytes_survive(void **state UNUSED)
{
    uint8_t room[16384];
    static const char *const NAMES[] = {"fonts/own.woff2", "long.txt", "empty.txt", "sub.css"};
    for (size_t i = 0; i < ARRAY_LEN(NAMES); i++) {
        struct bytes file = file_of(NAMES[i], room, sizeof room);
        const struct asset *asset = named(NAMES[i]);
        assert_int_equal(asset->plain.len, file.len);
        assert_non_null(asset->plain.data);
        assert_memory_equal(asset->plain.data, file.data, file.len);
    }
    struct bytes file = file_of("fonts/own.woff2", room, sizeof room);
    assert_int_equal(EMBEDDED_OK.len, file.len);
    assert_memory_equal(EMBEDDED_OK.data, file.data, file.len);
}

static void css_names_hashed_files(void **state UNUSED)
{
    const char *css = (const char *)named("style.css")->plain.data;
    char want[128];
    (void)snprintf(want, sizeof want, "src: url(%s)", asset_url("fonts/own.woff2") + 3);
    assert_non_null(strstr(css, want));
    (void)snprintf(want, sizeof want, "url( \"%s#a-sun\" )", asset_url("art.svg") + 3);
    assert_non_null(strstr(css, want));
    (void)snprintf(want, sizeof want, "URL('%s')", asset_url("art.svg") + 3);
    assert_non_null(strstr(css, want));
    (void)snprintf(want, sizeof want, "url(%s)", asset_url("sub.css") + 3);
    assert_non_null(strstr(css, want));
    assert_non_null(strstr(css, "url(in/a/comment.woff2)"));
    assert_non_null(strstr(css, "url(in/a/string)"));
    assert_non_null(strstr(css, "url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)"));
    assert_non_null(strstr(css, "url(#soft)"));
}

static void variants_unpack_to_the_same(void **state UNUSED)
{
    const struct asset *asset = named("long.txt");
    uint8_t room[16384];
    size_t len = sizeof room;
    assert_true(asset->brotli.len > 0 && asset->brotli.len < asset->plain.len / 4);
    assert_int_equal(BrotliDecoderDecompress(asset->brotli.len, asset->brotli.data, &len, room),
                     BROTLI_DECODER_RESULT_SUCCESS);
    assert_int_equal(len, asset->plain.len);
    assert_memory_equal(room, asset->plain.data, len);

    z_stream z = {.next_in = asset->gzip.data,
                  .avail_in = (uInt)asset->gzip.len,
                  .next_out = room,
                  .avail_out = sizeof room};
    memset(room, 0, sizeof room);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, asset->plain.len);
    assert_memory_equal(room, asset->plain.data, asset->plain.len);
    assert_int_equal(inflateEnd(&z), Z_OK);
}

static void variants_that_do_not_pay_are_left_out(void **state UNUSED)
{
    assert_null(named("fonts/own.woff2")->gzip.data);
    assert_null(named("fonts/own.woff2")->brotli.data);
    assert_null(named("empty.txt")->gzip.data);
    assert_int_equal(named("empty.txt")->gzip.len, 0);
}

static void every_representation_has_its_own_etag(void **state UNUSED)
{
    const struct asset *asset = named("long.txt");
    assert_int_equal(asset->etag[0], '"');
    assert_int_equal(asset->etag[strlen(asset->etag) - 1], '"');
    assert_string_not_equal(asset->etag, asset->etag_gzip);
    assert_string_not_equal(asset->etag_gzip, asset->etag_brotli);
    assert_string_not_equal(asset->etag, named("sub.css")->etag);
}

static void texts_come_by_name(void **state UNUSED)
{
    assert_string_equal(TEXTS_OK[0].name, "a");
    assert_int_equal(TEXTS_OK[0].text.len, strlen("h\303\251llo\n"));
    assert_string_equal((const char *)TEXTS_OK[0].text.data, "h\303\251llo\n");
    assert_string_equal(TEXTS_OK[1].name, "b");
    assert_string_equal((const char *)TEXTS_OK[1].text.data, "one: \"two?\"\n");
    assert_null(TEXTS_OK[2].name); /* README.md is for who looks into the folder */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_carry_a_hash),
        cmocka_unit_test(only_the_files_meant_are_there),
        cmocka_unit_test(types_are_right),
        cmocka_unit_test(bytes_survive),
        cmocka_unit_test(css_names_hashed_files),
        cmocka_unit_test(variants_unpack_to_the_same),
        cmocka_unit_test(variants_that_do_not_pay_are_left_out),
        cmocka_unit_test(every_representation_has_its_own_etag),
        cmocka_unit_test(texts_come_by_name),
    };
    return cmocka_run_group_tests_name("assetc", tests, NULL, NULL);
}
