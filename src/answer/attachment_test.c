#include "answer/attachment.h"

#include "answer/image.h"
#include "answer/image_fixture.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "person/dossier.h"
#include "web/web_fixture.h"

static const struct conversation_id talk = {4711}, another = {815};

static bool holds(struct bytes in, const char *what)
{
    return memmem(in.data, in.len, what, strlen(what)) != NULL;
}

static void assert_bytes(struct bytes a, struct bytes b)
{
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

/* --- pictures ------------------------------------------------------------------------------------
 */

static void where_it_was_taken_is_gone(void **state)
{
    struct page_fixture *f = *state;
    struct bytes files[][2] = {
        {fixture_jpeg(f->arena, true, 1), fixture_jpeg(f->arena, false, 0)},
        {fixture_png(f->arena, true), fixture_png(f->arena, false)},
        {fixture_webp(f->arena, true), fixture_webp(f->arena, false)},
    };
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct bytes clean, again;
        assert_true(holds(files[i][0], FIXTURE_SECRET));
        assert_status(image_strip(files[i][0], f->arena, &clean), OK);
        assert_false(holds(clean, FIXTURE_SECRET));
        assert_bytes(clean, files[i][1]); /* and nothing else is */
        assert_status(image_strip(clean, f->arena, &again), OK);
        assert_bytes(again, clean);
    }
}

static void which_way_is_up_stays(void **state)
{
    struct page_fixture *f = *state;
    for (int up = 0; up <= 9; up++) {
        struct bytes clean, again;
        assert_status(image_strip(fixture_jpeg(f->arena, true, up), f->arena, &clean), OK);
        assert_false(holds(clean, FIXTURE_SECRET));
        bool says = up >= 2 && up <= 8;
        assert_int_equal(holds(clean, "Exif"), says);
        assert_int_equal(clean.len, fixture_jpeg(f->arena, false, 0).len + (says ? 36 : 0));
        if (says) {
            const uint8_t *exif = memmem(clean.data, clean.len, "Exif", 4);
            assert_int_equal(exif[25], up);
        }
        assert_status(image_strip(clean, f->arena, &again), OK);
        assert_bytes(again, clean);
    }
}

static void what_is_cut_off_is_no_picture(void **state)
{
    struct page_fixture *f = *state;
    struct bytes files[] = {fixture_jpeg(f->arena, false, 0), fixture_png(f->arena, false),
                            fixture_webp(f->arena, false)};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct bytes clean;
        for (size_t len = 0; len < files[i].len; len++)
            assert_status(image_strip((struct bytes){files[i].data, len}, f->arena, &clean),
                          ERR_INVALID);
    }
}

static void only_four_kinds_of_file_are_taken(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {{"", 0},
               {"MZ\x90", 3},
               {"GIF89a", 6},
               {"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", 54},
               {"<html>", 6},
               {"PK\x03\x04", 4},
               {" %PDF-1.7", 9},
               {"\xFF\xD8\xFF\xE0", 4},
               {"\x89PNG\r\n\x1A\n", 8},
               {"RIFF\x04\0\0\0WEBP", 12}};
    struct bytes clean;
    enum attachment_kind kind;
    const char *type;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_status(attachment_clean((struct bytes){(const uint8_t *)bad[i].bytes, bad[i].len},
                                       f->arena, &clean, &kind, &type),
                      ERR_INVALID);
    struct bytes pdf = {(const uint8_t *)"%PDF-1.7\n%%EOF", 14};
    assert_status(attachment_clean(pdf, f->arena, &clean, &kind, &type), OK);
    assert_int_equal(kind, ATTACHMENT_OTHER);
    assert_string_equal(type, "application/pdf");
    assert_bytes(clean, pdf);
    uint8_t *large = arena_alloc(f->arena, ATTACHMENT_BYTES_MAX + 1);
    memcpy(large, "%PDF-", 5);
    assert_status(attachment_clean((struct bytes){large, ATTACHMENT_BYTES_MAX}, f->arena, &clean,
                                   &kind, &type),
                  OK);
    assert_status(attachment_clean((struct bytes){large, ATTACHMENT_BYTES_MAX + 1}, f->arena,
                                   &clean, &kind, &type),
                  ERR_LIMIT);
    assert_string_not_equal(attachment_problem(ERR_LIMIT), attachment_problem(ERR_INVALID));
}

/* --- kept ----------------------------------------------------------------------------------------
 */

static struct answer_seal begin(struct page_fixture *f, enum page_role role)
{
    struct answer_seal seal = {.dossier = f->pupil.v, .pupil = f->pupil};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, talk, &draft), OK);
    assert_status(conversation_plan(&f->work, another, &draft), OK);
    f->work.actor = &f->actor[role];
    assert_status(dossier_open(&f->work, f->pupil.v, &seal.key), OK);
    return seal;
}

static void a_photo_is_kept_sealed_and_opens_in_its_conversation(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct attachment made, found, *list = NULL;
    struct bytes bytes;
    size_t count = 0;
    assert_status(attachment_add(&f->work, &seal, talk, fixture_jpeg(f->arena, true, 1), &made),
                  OK);
    assert_status(attachment_open(&f->work, &seal, talk, made.id, &found, &bytes), OK);
    assert_bytes(bytes, fixture_jpeg(f->arena, false, 0));
    assert_string_equal(found.content_type, "image/jpeg");
    assert_int_equal(found.kind, ATTACHMENT_IMAGE);
    assert_int_equal(found.size, bytes.len);
    assert_int_equal(found.made_by_kind, ACTOR_STAFF);
    assert_int_equal(found.made_by, f->staff[PAGE_TEACHER].v);
    assert_int_equal(found.made_at, f->work.now_ms);
    assert_status(attachment_open(&f->work, &seal, another, made.id, &found, &bytes),
                  ERR_NOT_FOUND);
    assert_status(attachment_list(&f->work, talk, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id.v, made.id.v);
    assert_status(attachment_list(&f->work, another, &list, &count), OK);
    assert_int_equal(count, 0);
    assert_status(attachment_remove(&f->work, &seal, another, made.id), ERR_NOT_FOUND);
    assert_status(attachment_remove(&f->work, &seal, talk, made.id), OK);
    assert_status(attachment_open(&f->work, &seal, talk, made.id, &found, &bytes), ERR_NOT_FOUND);
    assert_status(attachment_remove(&f->work, &seal, talk, made.id), ERR_NOT_FOUND);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_ATTACHMENT_ADDED), 1);
    assert_int_equal(page_logged(f, AUDIT_ATTACHMENT_REMOVED), 1);
}

static void what_a_pupil_added_only_the_pupil_takes_off(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_PUPIL);
    struct attachment made;
    assert_status(attachment_add(&f->work, &seal, talk, fixture_png(f->arena, true), &made), OK);
    f->work.actor = &f->actor[PAGE_TEACHER];
    assert_status(attachment_remove(&f->work, &seal, talk, made.id), ERR_FORBIDDEN);
    f->work.actor = &f->actor[PAGE_PUPIL];
    assert_status(attachment_remove(&f->work, &seal, talk, made.id), OK);
    page_undo(f);
}

static void a_conversation_has_room_for_so_many(void **state)
{
    struct page_fixture *f = *state;
    struct answer_seal seal = begin(f, PAGE_TEACHER);
    struct attachment made;
    struct bytes file = fixture_webp(f->arena, false);
    for (int i = 0; i < ATTACHMENTS_MAX; i++)
        assert_status(attachment_add(&f->work, &seal, talk, file, &made), OK);
    assert_status(attachment_add(&f->work, &seal, talk, file, &made), ERR_LIMIT);
    assert_status(attachment_remove(&f->work, &seal, talk, made.id), OK);
    assert_status(attachment_add(&f->work, &seal, talk, file, &made), OK);
    page_undo(f);
}

static void it_is_put_in_an_answer(void **state)
{
    struct page_fixture *f = *state;
    const struct answer_part parts[] = {{"file", "0000000000010"}, {"text", "boom"}};
    const struct attachment attachment = {.id = {77}, .kind = ATTACHMENT_OTHER};
    struct answer_value value;
    assert_status(attachment_put(&(struct answer_value){parts, 2}, &attachment, f->arena, &value),
                  OK);
    assert_int_equal(value.count, 3);
    assert_string_equal(answer_part(&value, "file"), id_text(77).s);
    assert_string_equal(answer_part(&value, "file-kind"), "other");
    assert_string_equal(answer_part(&value, "text"), "boom");
}

static void a_failure_anywhere_writes_nothing(void **state)
{
    struct page_fixture *f = *state;
    for (size_t nth = 1;; nth++) {
        struct attachment made, *list = NULL;
        size_t count = 0;
        struct answer_seal seal = begin(f, PAGE_TEACHER);
        db_fail_at(f->work.db, nth, ERR_DB);
        enum status st = attachment_add(&f->work, &seal, talk, fixture_png(f->arena, false), &made);
        db_fail_at(f->work.db, 0, OK);
        page_undo(f);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        seal = begin(f, PAGE_TEACHER);
        assert_status(attachment_list(&f->work, talk, &list, &count), OK);
        assert_int_equal(count, 0);
        page_undo(f);
        assert_true(nth < 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(where_it_was_taken_is_gone, "", FIXTURE_FILE),
        PAGE_TEST(which_way_is_up_stays, "", FIXTURE_FILE),
        PAGE_TEST(what_is_cut_off_is_no_picture, "", FIXTURE_FILE),
        PAGE_TEST(only_four_kinds_of_file_are_taken, "", FIXTURE_FILE),
        PAGE_TEST(it_is_put_in_an_answer, "", FIXTURE_FILE),
        page_each_engine(a_photo_is_kept_sealed_and_opens_in_its_conversation),
        page_each_engine(what_a_pupil_added_only_the_pupil_takes_off),
        page_each_engine(a_conversation_has_room_for_so_many),
        page_each_engine(a_failure_anywhere_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
