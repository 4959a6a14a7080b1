/* What a group said stands in its own dossier, and what a pupil said in it in that pupil's alone.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "conversation/conversation.h"
#include "group/group.h"
#include "i18n/tr.h"
#include "operate/dossier_json.h"
#include "web/web_fixture.h"

static struct conversation_id group_talk(struct page_fixture *f)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {
        .method_key = "k18", .group = f->group, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(work, id, &draft), OK);
    page_commit(f);
    const char *path = page_path(f, "/gesprek/%s/begin", id_text(id.v).s);
    assert_page_status(page_post(f, PAGE_TEACHER, path, NULL), 303);
    return id;
}

static void say(struct page_fixture *f, struct conversation_id id, struct pupil_id who,
                const char *question, const char *text)
{
    const char *path =
        page_path(f, "/gesprek/%s/antwoord", arena_strdup(f->arena, id_text(id.v).s));
    const char *person = arena_strdup(f->arena, id_text(who.v).s);
    struct page_answer *answer =
        who.v ? page_post(f, PAGE_TEACHER, path, "q", question, "v", "1", "p", person, "version",
                          "0", "back", "", "a", text, NULL)
              : page_post(f, PAGE_TEACHER, path, "q", question, "v", "5", "version", "0", "back",
                          "", "a", text, NULL);
    assert_page_status(answer, 303);
}

static const char *text_of(struct page_fixture *f, enum status st, json_t *dossier)
{
    assert_status(st, OK);
    char *dumped = json_dumps(dossier, JSON_COMPACT);
    assert_non_null(dumped);
    const char *text = arena_strdup(f->arena, dumped);
    free(dumped);
    json_decref(dossier);
    return text;
}

static void words_of_a_group_and_of_one_pupil_stay_apart(void **state)
{
    struct page_fixture *f = *state;
    struct tr *catalogues[LANG_COUNT] = {0};
    assert_status(tr_load_all(catalogues), OK);
    const struct tr *tr = catalogues[LANG_NL];
    struct staff_names *names = NULL;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_join(work, f->group, f->loose_pupil, PAGE_TODAY), OK);
    page_commit(f);
    struct conversation_id id = group_talk(f);
    say(f, id, f->pupil, "like-to-learn", "ik leer graag over vissen");
    say(f, id, f->loose_pupil, "like-to-learn", "ik leer graag over treinen");
    say(f, id, (struct pupil_id){0}, "rules", "we laten elkaar uitpraten");
    work = page_begin(f, PAGE_ADMINISTRATOR);
    json_t *dossier = NULL;
    assert_status(staff_names_read(work, &names), OK);
    for (int scope = DOSSIER_FOR_PERSON; scope <= DOSSIER_FOR_SCHOOL; scope++) {
        enum status st =
            dossier_json(work, f->pupil, (enum dossier_scope)scope, names, tr, &dossier);
        const char *noor = text_of(f, st, dossier);
        assert_non_null(strstr(noor, "vissen"));
        assert_null(strstr(noor, "treinen"));
        assert_null(strstr(noor, "uitpraten"));
    }
    enum status st = dossier_json_of_group(work, f->group, names, tr, &dossier);
    const char *group = text_of(f, st, dossier);
    assert_non_null(strstr(group, "uitpraten"));
    assert_null(strstr(group, "vissen"));
    assert_null(strstr(group, "treinen"));
    assert_status(dossier_json_of_group(work, f->other_group, names, tr, &dossier), ERR_NOT_FOUND);
    page_undo(f);
    tr_free_all(catalogues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(words_of_a_group_and_of_one_pupil_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
