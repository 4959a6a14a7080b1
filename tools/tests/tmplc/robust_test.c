/*
 * Broken templates of every kind: whatever stands in the file, the compiler answers, stays inside
 * its memory (built with AddressSanitizer), and never takes a file it has problems with. The broken
 * files are the cases of ok/ and reject/, cut off at every byte, with bytes changed and with pieces
 * of one pasted into another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>

#include "base/random.h"
#include "replay.h"
#include "template.h"

#define CASES_MAX 200
#define MUTATIONS 60 /* of each file */

struct corpus {
    struct buf files[CASES_MAX];
    size_t count;
    size_t good;   /* how many of them, from the first, are sound */
    size_t judged; /* sources that the other reader read to their end */
};

static void load(struct buf *to, const char *path)
{
    char block[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    buf_init(to, TEMPLATE_MAX);
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(to, block, len);
    assert_int_equal(fclose(file), 0);
}

static void load_all(struct corpus *corpus, const char *folder)
{
    glob_t found;
    struct buf pattern;
    buf_init(&pattern, 4096);
    buf_printf(&pattern, "%s/%s/*.html", getenv("TMPLC_TESTS"), folder);
    assert_int_equal(glob(pattern.data, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc && corpus->count < CASES_MAX; i++) {
        if (!strstr(found.gl_pathv[i], ".expected.html"))
            load(&corpus->files[corpus->count++], found.gl_pathv[i]);
    }
    globfree(&found);
    buf_free(&pattern);
}

static int set_up(void **state)
{
    struct corpus *corpus = calloc(1, sizeof *corpus);
    assert_non_null(corpus);
    load_all(corpus, "ok");
    corpus->good = corpus->count;
    load_all(corpus, "reject");
    assert_true(corpus->count > 100);
    *state = corpus;
    return 0;
}

static int tear_down(void **state)
{
    struct corpus *corpus = *state;
    for (size_t i = 0; i < corpus->count; i++)
        buf_free(&corpus->files[i]);
    free(corpus);
    return 0;
}

/* What was taken must be safe, to other eyes too. */
static void judge(struct corpus *corpus, struct buf *source, const char *text, size_t len)
{
    bool judged = false;
    const char *why = replay(source->data, &judged);
    if (why)
        fail_msg("%s:\n%.*s\n---\n%s", why, (int)len, text, source->data);
    corpus->judged += judged;
}

/* Compiles a copy that ends exactly where its memory ends, so that reading on is noticed. */
static enum status compile(struct corpus *corpus, struct arena *arena, const char *text, size_t len)
{
    struct buf header, source;
    buf_init(&header, 64 * TEMPLATE_MAX);
    buf_init(&source, 64 * TEMPLATE_MAX);
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    struct problems problems = {.arena = arena};
    enum status status = template_compile("x.html", (struct slice){copy, len}, "x_html.h",
                                          &problems, &header, &source);
    assert_true(status == OK || status == ERR_INVALID || status == ERR_NOMEM);
    if (status == OK) {
        assert_int_equal(problems.count, 0);
        judge(corpus, &source, copy, len);
    }
    if (status == ERR_INVALID)
        assert_true(problems.count > 0);
    problems_print(&problems, "x.html", &header);
    free(copy);
    buf_free(&header);
    buf_free(&source);
    return status;
}

static void cut_off_at_every_byte(void **state)
{
    struct corpus *corpus = *state;
    struct arena *arena = arena_new(64 * TEMPLATE_MAX);
    for (size_t i = 0; i < corpus->count; i++) {
        for (size_t len = 0; len <= corpus->files[i].len; len++) {
            IGNORE(compile(corpus, arena, corpus->files[i].data,
                           len)); /* refused or not: it answered */
            arena_reset(arena);
        }
    }
    arena_free(arena);
}

static void mutate(struct random *random, struct buf *text, const struct buf *other)
{
    static const char *const pieces[] = {
        "{{", "}}",    "{%",  "%}",       "{#", "#}",        "<",          ">",
        "\"", "'",     "&",   "=",        "/",  "{% end %}", "{% if x %}", "{% else %}",
        "</", "<svg>", "<p>", "<script>", "(",  ")",         "\n",         "\xc3",
    };
    size_t at = random_below(random, (uint32_t)text->len);
    if (random_below(random, 3) == 0) {
        text->data[at] = (char)random_below(random, 256);
        return;
    }
    struct buf made;
    buf_init(&made, TEMPLATE_MAX);
    buf_add(&made, text->data, at);
    if (random_below(random, 2) && other->len) {
        size_t from = random_below(random, (uint32_t)other->len);
        buf_add(&made, other->data + from, random_below(random, (uint32_t)(other->len - from)));
    } else {
        buf_add_str(&made, pieces[random_below(random, ARRAY_LEN(pieces))]);
    }
    size_t drop = random_below(random, 4);
    if (at + drop < text->len)
        buf_add(&made, text->data + at + drop, text->len - at - drop);
    buf_free(text);
    *text = made;
}

static void changed_bytes_and_pasted_pieces(void **state)
{
    struct corpus *corpus = *state;
    struct arena *arena = arena_new(64 * TEMPLATE_MAX);
    struct random random = random_seeded(20261122);
    for (size_t i = 0; i < corpus->count; i++) {
        for (size_t n = 0; n < MUTATIONS; n++) {
            const struct buf *from = &corpus->files[i];
            const struct buf *other =
                &corpus->files[random_below(&random, (uint32_t)corpus->count)];
            struct buf text;
            buf_init(&text, TEMPLATE_MAX);
            buf_add(&text, from->data, from->len);
            for (uint32_t k = 1 + random_below(&random, 4); k > 0 && text.len; k--)
                mutate(&random, &text, other);
            IGNORE(compile(corpus, arena, text.data, text.len)); /* refused or not: it answered */
            arena_reset(arena);
            buf_free(&text);
        }
    }
    arena_free(arena);
}

/* An expression anywhere in a sound template is refused or stands safely; so does what follows. */
static void a_piece_at_every_place(void **state)
{
    static const char *const pieces[] = {"{{ x }}", "{{ x }}/", "\"", "/", "{% if x %}a{% end %}",
                                         ">"};
    struct corpus *corpus = *state;
    struct arena *arena = arena_new(64 * TEMPLATE_MAX);
    corpus->judged = 0;
    for (size_t i = 0; i < corpus->good; i++) {
        const struct buf *from = &corpus->files[i];
        for (size_t at = 0; at <= from->len; at++) {
            for (size_t k = 0; k < ARRAY_LEN(pieces); k++) {
                struct buf text;
                buf_init(&text, TEMPLATE_MAX);
                buf_add(&text, from->data, at);
                buf_add_str(&text, pieces[k]);
                buf_add(&text, from->data + at, from->len - at);
                IGNORE(compile(corpus, arena, text.data, text.len)); /* judged inside */
                arena_reset(arena);
                buf_free(&text);
            }
        }
    }
    assert_true(corpus->judged > 1000);
    arena_free(arena);
}

static void every_refused_allocation(void **state)
{
    struct corpus *corpus = *state;
    struct arena *arena = arena_new(64 * TEMPLATE_MAX);
    for (size_t i = 0; i < corpus->count; i++) {
        for (size_t nth = 1; nth < 40; nth++) {
            arena_reset(arena);
            arena_fail_at(arena, nth);
            enum status status =
                compile(corpus, arena, corpus->files[i].data, corpus->files[i].len);
            if (!arena_failed(arena))
                break;
            assert_int_not_equal(status, OK);
        }
    }
    arena_free(arena);
}

/* The other reader is worth something: it refuses what tmplc must never write. */
static void the_other_reader_sees(void **state UNUSED)
{
    static const char *const unsafe[] = {
        "html_literal(h, \"<a href=\\\"\", 9);\n#line 1 \"x\"\nHTML_ATTR(h, x);\n",
        "html_literal(h, \"<p title=\\\"\", 10);\n#line 1 \"x\"\nHTML_TEXT(h, x);\n",
        "html_literal(h, \"<p title=\", 9);\n#line 1 \"x\"\nHTML_ATTR(h, x);\n",
        "html_literal(h, \"<p \", 3);\n#line 1 \"x\"\nHTML_TEXT(h, x);\n",
        "html_literal(h, \"<a href=\\\"/x\", 11);\n#line 1 \"x\"\nHTML_URL(h, x);\n",
        "html_literal(h, \"<a href=\\\"\", 9);\n#line 1 \"x\"\nHTML_URL_PART(h, x);\n",
        "html_literal(h, \"<a href=\\\"javascript:\\\">\", 22);\n",
        "html_literal(h, \"<a href=\\\"//x\\\">\", 14);\n",
        "html_literal(h, \"<b onclick=\\\"a\\\">\", 15);\n",
        "html_literal(h, \"<script>a\", 9);\n",
        "html_literal(h, \"abc\", 4);\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(unsafe); i++) {
        struct buf source;
        bool judged;
        buf_init(&source, 4096);
        buf_printf(&source, "#line 1 \"x\"\nvoid f()\n{\n%s}\n", unsafe[i]);
        if (!replay(source.data, &judged))
            fail_msg("taken for safe: %s", unsafe[i]);
        buf_free(&source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_off_at_every_byte),  cmocka_unit_test(changed_bytes_and_pasted_pieces),
        cmocka_unit_test(a_piece_at_every_place), cmocka_unit_test(every_refused_allocation),
        cmocka_unit_test(the_other_reader_sees),
    };
    return cmocka_run_group_tests_name("tmplc_robust", tests, set_up, tear_down);
}
