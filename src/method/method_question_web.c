#include "method/method_question_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/method_edit_html.h"
#include "method/edit.h"
#include "method/parts_web.h"
#include "method/question_links_web.h"
#include "web/web.h"

#define DESK "/school/gespreksvormen"

static const struct {
    const char *field;
    enum voice voice;
} voice_checks[] = {{"v_pupil", VOICE_PUPIL},
                    {"v_teacher", VOICE_TEACHER},
                    {"v_guardian", VOICE_GUARDIAN},
                    {"v_other", VOICE_OTHER},
                    {"v_together", VOICE_TOGETHER}};

/* The words for one age, where they differ. */
static const struct {
    enum band band;
    const char *nl, *en;
} band_fields[] = {{BAND_4_6, "for_4_nl", "for_4_en"},
                   {BAND_7_9, "for_7_nl", "for_7_en"},
                   {BAND_8_12, "for_8_nl", "for_8_en"},
                   {BAND_12_18, "for_12_nl", "for_12_en"}};

static const struct field question_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
    {.name = "mark", .kind = FIELD_HIDDEN, .max = PART_MARK_MAX},
    {.name = "ask_nl",
     .kind = FIELD_LONG,
     .required = true,
     .max = 500,
     .label = N_("The question in Dutch")},
    {.name = "ask_en", .kind = FIELD_LONG, .max = 500, .label = N_("The question in English")},
    {.name = "for_4_nl", .kind = FIELD_TEXT, .max = 500, .label = N_("For 4–6 years, in Dutch")},
    {.name = "for_4_en", .kind = FIELD_TEXT, .max = 500, .label = N_("For 4–6 years, in English")},
    {.name = "for_7_nl", .kind = FIELD_TEXT, .max = 500, .label = N_("For 7–9 years, in Dutch")},
    {.name = "for_7_en", .kind = FIELD_TEXT, .max = 500, .label = N_("For 7–9 years, in English")},
    {.name = "for_8_nl", .kind = FIELD_TEXT, .max = 500, .label = N_("For 8–12 years, in Dutch")},
    {.name = "for_8_en", .kind = FIELD_TEXT, .max = 500, .label = N_("For 8–12 years, in English")},
    {.name = "for_12_nl", .kind = FIELD_TEXT, .max = 500, .label = N_("For 12–18 years, in Dutch")},
    {.name = "for_12_en",
     .kind = FIELD_TEXT,
     .max = 500,
     .label = N_("For 12–18 years, in English")},
    {.name = "help_nl",
     .kind = FIELD_TEXT,
     .max = 500,
     .label = N_("One line of explanation, in Dutch")},
    {.name = "help_en",
     .kind = FIELD_TEXT,
     .max = 500,
     .label = N_("One line of explanation, in English")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = method_kind_choices,
     .label = N_("Kind of answer")},
    {.name = "options_nl",
     .kind = FIELD_LONG,
     .max = 5000,
     .label = N_("What one can choose, one per line, in Dutch"),
     .hint = N_("For choices, cards, lists and parts.")},
    {.name = "options_en",
     .kind = FIELD_LONG,
     .max = 5000,
     .label = N_("The same lines in English")},
    {.name = "follow_nl",
     .kind = FIELD_LONG,
     .max = 6000,
     .label = N_("To ask on, one per line, in Dutch")},
    {.name = "follow_en",
     .kind = FIELD_LONG,
     .max = 6000,
     .label = N_("The same lines in English")},
    {.name = "number",
     .kind = FIELD_NUMBER,
     .min_value = 1,
     .max_value = METHOD_OPTIONS_MAX,
     .label = N_("How many"),
     .hint = N_("Faces: 3 or 5. Scale: 2 to 10. Items: how many.")},
    {.name = "most",
     .kind = FIELD_NUMBER,
     .min_value = 1,
     .max_value = 20000,
     .label = N_("At most so many characters or words")},
    {.name = "lines",
     .kind = FIELD_NUMBER,
     .min_value = 1,
     .max_value = 20,
     .label = N_("Writing lines on paper")},
    {.name = "low_nl",
     .kind = FIELD_TEXT,
     .max = PART_TITLE_MAX,
     .label = N_("Low end of the scale, in Dutch")},
    {.name = "low_en",
     .kind = FIELD_TEXT,
     .max = PART_TITLE_MAX,
     .label = N_("Low end, in English")},
    {.name = "high_nl",
     .kind = FIELD_TEXT,
     .max = PART_TITLE_MAX,
     .label = N_("High end of the scale, in Dutch")},
    {.name = "high_en",
     .kind = FIELD_TEXT,
     .max = PART_TITLE_MAX,
     .label = N_("High end, in English")},
    {.name = "picture", .kind = FIELD_CHOICE, .choices = question_pictures, .label = N_("Picture")},
    {.name = "background",
     .kind = FIELD_CHOICE,
     .choices = question_pictures,
     .label = N_("Picture to draw on"),
     .hint = N_("For a drawing.")},
    {.name = "option_picture", .kind = FIELD_WORDS, .max = LINKS_WORDS_MAX},
    {.name = "when",
     .kind = FIELD_WORDS,
     .max = LINKS_WORDS_MAX,
     .label = N_("Only after a certain answer")},
    {.name = "shows",
     .kind = FIELD_TEXT,
     .max = METHOD_NAME_MAX,
     .label = N_("Beside it stands what was answered to")},
    {.name = "asked", .kind = FIELD_CHECK, .label = N_("Closing asks for it when it is left out")},
    {.name = "v_pupil", .kind = FIELD_CHECK, .label = N_("Pupil")},
    {.name = "v_teacher", .kind = FIELD_CHECK, .label = N_("Teacher")},
    {.name = "v_guardian", .kind = FIELD_CHECK, .label = N_("Parents")},
    {.name = "v_other", .kind = FIELD_CHECK, .label = N_("Somebody else")},
    {.name = "v_together", .kind = FIELD_CHECK, .label = N_("Together")},
};
FORM(question_form, question_fields);

static const struct field address_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
};
FORM(address_form, address_fields);

static bool has_voice(const struct question *question, enum voice voice)
{
    for (size_t i = 0; i < question->voice_count; i++)
        if (question->voices[i] == voice)
            return true;
    return false;
}

static const char *number_or_empty(struct arena *arena, int number)
{
    return number ? arena_printf(arena, "%d", number) : "";
}

static void fill_question(struct web *web, const struct question *q, const char *mark,
                          struct form_values *values)
{
    struct arena *arena = web->arena;
    form_begin(values, &question_form);
    form_set(values, "vraag", q->id);
    form_set(values, "mark", mark);
    parts_set_both(values, "ask_nl", "ask_en", &q->ask);
    parts_set_both(values, "help_nl", "help_en", &q->help);
    for (size_t i = 0; i < ARRAY_LEN(band_fields); i++)
        parts_set_both(values, band_fields[i].nl, band_fields[i].en,
                       &q->ask_for[band_fields[i].band]);
    parts_set_both(values, "low_nl", "low_en", &q->ends[0]);
    parts_set_both(values, "high_nl", "high_en", &q->ends[1]);
    form_set(values, "kind", q->kind);
    form_set(values, "options_nl", method_edit_option_lines(q, "nl", arena));
    form_set(values, "options_en", method_edit_option_lines(q, "en", arena));
    form_set(values, "follow_nl",
             method_edit_text_lines(q->follow_ups, q->follow_up_count, "nl", arena));
    form_set(values, "follow_en",
             method_edit_text_lines(q->follow_ups, q->follow_up_count, "en", arena));
    form_set(values, "number", number_or_empty(arena, q->number));
    form_set(values, "most", number_or_empty(arena, q->most));
    form_set(values, "lines", number_or_empty(arena, q->lines));
    form_set(values, "picture", "=");
    form_set(values, "background", "=");
    question_links_fill(web, q, values);
    form_check(values, "asked", !q->may_skip);
    for (size_t i = 0; i < ARRAY_LEN(voice_checks); i++)
        form_check(values, voice_checks[i].field, has_voice(q, voice_checks[i].voice));
}

static void add_voice(struct question *q, enum voice voice)
{
    if (!has_voice(q, voice))
        q->voices[q->voice_count++] = voice;
}

/* Those that were there keep their order; new ones come after. Nobody: the pupil. */
static void voices_of_form(struct web *web, const struct question *from, struct question *q)
{
    q->voice_count = 0;
    for (size_t i = 0; i < from->voice_count; i++)
        for (size_t k = 0; k < ARRAY_LEN(voice_checks); k++)
            if (voice_checks[k].voice == from->voices[i] &&
                form_checked(&web->form, voice_checks[k].field))
                add_voice(q, from->voices[i]);
    for (size_t k = 0; k < ARRAY_LEN(voice_checks); k++)
        if (form_checked(&web->form, voice_checks[k].field))
            add_voice(q, voice_checks[k].voice);
    if (q->voice_count == 0)
        add_voice(q, VOICE_PUPIL);
}

static const char *picture_of_form(struct web *web, const char *field, const char *now)
{
    const char *picture = form_text(&web->form, field);
    if (str_equal(picture, "-"))
        return NULL;
    return *picture && !str_equal(picture, "=") ? picture : now;
}

/* Ages that the form does not show keep their words. */
static void bands_of_form(struct web *web, const struct method *method, struct question *q)
{
    for (size_t i = 0; i < ARRAY_LEN(band_fields); i++) {
        struct method_text *words = &q->ask_for[band_fields[i].band];
        if (method->bands & 1u << band_fields[i].band)
            *words = parts_both(web, words, band_fields[i].nl, band_fields[i].en);
    }
}

/* The question as it was typed, whether it can be kept or not. */
static enum status question_of_form(struct web *web, const struct method *method,
                                    const struct question *from, struct question *ret)
{
    struct question q = *from;
    struct form_values *form = &web->form;
    enum status st = method_edit_options(&q, form_text(form, "options_nl"),
                                         form_text(form, "options_en"), web->arena, &q);
    if (st == OK)
        st = method_edit_texts(q.follow_ups, q.follow_up_count, form_text(form, "follow_nl"),
                               form_text(form, "follow_en"), web->arena, &q.follow_ups,
                               &q.follow_up_count);
    if (st == ERR_LIMIT)
        form_error(form, "options_nl", N_("These are too many to choose from."));
    if (st != OK && st != ERR_LIMIT)
        return st;
    q.ask = parts_both(web, &from->ask, "ask_nl", "ask_en");
    bands_of_form(web, method, &q);
    q.help = parts_both(web, &from->help, "help_nl", "help_en");
    q.ends[0] = parts_both(web, &from->ends[0], "low_nl", "low_en");
    q.ends[1] = parts_both(web, &from->ends[1], "high_nl", "high_en");
    if (*form_text(form, "kind"))
        q.kind = form_text(form, "kind");
    q.number = (int)form_number(form, "number");
    q.most = (int)form_number(form, "most");
    q.lines = (int)form_number(form, "lines");
    q.may_skip = !form_checked(form, "asked");
    voices_of_form(web, from, &q);
    q.picture = picture_of_form(web, "picture", q.picture);
    q.background = picture_of_form(web, "background", q.background);
    st = question_links_take(web, method, &q);
    if (st == OK)
        *ret = q;
    return st;
}

static enum status find_question(struct web *web, struct draft_view **ret_view)
{
    enum status st = draft_view_make(web, ret_view);
    if (st != OK)
        return st;
    if (!*form_text(&web->form, "vraag"))
        return ERR_INVALID;
    const struct question *q = method_question((*ret_view)->method, form_text(&web->form, "vraag"));
    (*ret_view)->question = q;
    return q ? OK : ERR_NOT_FOUND;
}

/* The youngest age that it is for: their screens differ most from this one. */
static enum band youngest(const struct method *method)
{
    for (enum band band = BAND_4_6; band <= BAND_12_18; band++)
        if (method->bands & 1u << band)
            return band;
    return BAND_NONE;
}

/* Goals, agreements and the like are things of a conversation: there is nothing to try before one.
 */
static void fill_preview(struct web *web, struct draft_view *view)
{
    static const struct answer_value nothing = {NULL, 0};
    const struct question *q = view->question;
    const struct answer_kind *kind = answer_kind(q->kind);
    if (!kind || kind->outcome != OUTCOME_NONE || !kind->edit || (kind->fits && kind->fits(q)))
        return;
    view->kind = kind;
    view->answer = (struct answer_view){.question = q,
                                        .value = &nothing,
                                        .tr = web->tr,
                                        .lang = tr_code(web->tr),
                                        .band = youngest(view->method),
                                        .field_id = "proef"};
}

static enum status show_page(struct web *web, struct draft_view *view)
{
    enum status st = question_links(web, view->method, view->question, &view->links);
    fill_preview(web, view);
    return st == OK ? web_page(web, view->title, html_draft_question_page, view) : st;
}

static enum status show_question(struct web *web)
{
    struct draft_view *view = NULL;
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    enum status st = values ? find_question(web, &view) : ERR_NOMEM;
    if (st != OK)
        return st;
    fill_question(web, view->question, view->draft->mark, values);
    view->form = values;
    return show_page(web, view);
}

/* The view with the question as typed in place of the one that is kept. */
static enum status typed_question(struct web *web, struct draft_view **ret_view)
{
    struct question *typed = ARENA_NEW(web->arena, struct question);
    enum status st = typed ? find_question(web, ret_view) : ERR_NOMEM;
    if (st == OK)
        st = question_of_form(web, (*ret_view)->method, (*ret_view)->question, typed);
    if (st != OK)
        return st;
    (*ret_view)->question = typed;
    (*ret_view)->form = &web->form;
    return OK;
}

static enum status preview_question(struct web *web)
{
    struct draft_view *view = NULL;
    enum status st = typed_question(web, &view);
    return st == OK ? show_page(web, view) : st;
}

static enum status keep_question(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method *changed = NULL;
    struct form_values *now = ARENA_NEW(web->arena, struct form_values);
    enum status st = now ? typed_question(web, &view) : ERR_NOMEM;
    if (st == ERR_NOT_FOUND)
        return parts_gone(web, view);
    if (st == OK)
        st = method_edit_set_question(view->method, view->question->id, view->question, web->arena,
                                      &changed);
    if (st == OK)
        st = question_links(web, view->method, view->question, &view->links);
    if (st != OK)
        return st;
    if (form_valid(&web->form) && method_edit_broken(changed))
        form_error(&web->form, "options_nl",
                   N_("A question further on is only asked after an answer that you took out here. "
                      "Change that question first."));
    st = form_valid(&web->form)
             ? draft_keep(web, view, form_text(&web->form, "mark"), changed, "kind")
             : ERR_INVALID;
    fill_preview(web, view);
    fill_question(web, method_question(view->method, view->question->id), view->draft->mark, now);
    return parts_after_keep(web, view, st, arena_printf(web->arena, "v-%s", view->question->id),
                            html_draft_question_page, now);
}

#define MAY .right = RIGHT_METHODS

const struct route method_question_routes[] = {
    {HTTP_GET, DESK "/:method/vraag", MAY, .form = &address_form, .run = show_question},
    {HTTP_POST, DESK "/:method/vraag", MAY, .form = &question_form, .run = keep_question},
    {HTTP_POST, DESK "/:method/vraag/voorbeeld", MAY, .form = &question_form,
     .run = preview_question},
    {0},
};
