#include "method/method_parts_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/method_edit_html.h"
#include "method/edit.h"
#include "method/parts_web.h"
#include "web/web.h"

#define DESK "/school/gespreksvormen"
#define TEXT_MAX 1000

/* --- what it is
 * --------------------------------------------------------------------------------------- */

static const struct choice topics[] = {{"wellbeing", N_("How it goes")},
                                       {"learning", N_("Learning itself")},
                                       {"subject-matter", N_("Subject matter")},
                                       {NULL, NULL}};

static const struct choice abouts[] = {{"pupil", N_("One pupil")},
                                       {"pupils", N_("A few pupils")},
                                       {"group", N_("A whole group")},
                                       {"staff", N_("Adults about a pupil")},
                                       {NULL, NULL}};

/* Checks of the form and the bit that each stands for. */
struct check_bit {
    const char *name;
    unsigned bit;
};
static const struct check_bit age_bits[] = {{"age_4", 1u << BAND_4_6},
                                            {"age_7", 1u << BAND_7_9},
                                            {"age_8", 1u << BAND_8_12},
                                            {"age_12", 1u << BAND_12_18},
                                            {NULL, 0}};
static const struct check_bit part_bits[] = {{"with_pupil", PART_PUPIL},
                                             {"with_pupils", PART_PUPILS},
                                             {"with_teacher", PART_TEACHER},
                                             {"with_coordinator", PART_COORDINATOR},
                                             {"with_guardian", PART_GUARDIAN},
                                             {"with_external", PART_EXTERNAL},
                                             {NULL, 0}};
static const struct check_bit tier_bits[] = {
    {"tier_1", 1u << 1}, {"tier_2", 1u << 2}, {"tier_3", 1u << 3}, {NULL, 0}};
static const struct check_bit closing_bits[] = {
    {"thanks", CLOSING_THANKS},         {"overview", CLOSING_OVERVIEW},
    {"agreements", CLOSING_AGREEMENTS}, {"look_back", CLOSING_LOOK_BACK},
    {"sharing", CLOSING_SHARING},       {"pupil_view", CLOSING_PUPIL_VIEW},
    {"listening", CLOSING_LISTENING},   {NULL, 0}};

static const struct field head_fields[] = {
    {.name = "title_nl",
     .kind = FIELD_TEXT,
     .required = true,
     .max = PART_TITLE_MAX,
     .label = N_("Name in Dutch")},
    {.name = "title_en", .kind = FIELD_TEXT, .max = PART_TITLE_MAX, .label = N_("Name in English")},
    {.name = "purpose_nl",
     .kind = FIELD_LONG,
     .required = true,
     .max = TEXT_MAX,
     .label = N_("What it is for, in Dutch")},
    {.name = "purpose_en",
     .kind = FIELD_LONG,
     .max = TEXT_MAX,
     .label = N_("What it is for, in English")},
    {.name = "age_4", .kind = FIELD_CHECK, .label = N_("4–6 years")},
    {.name = "age_7", .kind = FIELD_CHECK, .label = N_("7–9 years")},
    {.name = "age_8", .kind = FIELD_CHECK, .label = N_("8–12 years")},
    {.name = "age_12", .kind = FIELD_CHECK, .label = N_("12–18 years")},
    {.name = "tier_1", .kind = FIELD_CHECK, .label = N_("Basic: for everybody")},
    {.name = "tier_2", .kind = FIELD_CHECK, .label = N_("More support within the school")},
    {.name = "tier_3", .kind = FIELD_CHECK, .label = N_("With people from outside")},
    {.name = "about",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = abouts,
     .label = N_("With whom, or about whom")},
    {.name = "with_pupil", .kind = FIELD_CHECK, .label = N_("Pupil")},
    {.name = "with_pupils", .kind = FIELD_CHECK, .label = N_("Several pupils")},
    {.name = "with_teacher", .kind = FIELD_CHECK, .label = N_("Teacher")},
    {.name = "with_coordinator", .kind = FIELD_CHECK, .label = N_("Coordinator")},
    {.name = "with_guardian", .kind = FIELD_CHECK, .label = N_("Parents")},
    {.name = "with_external", .kind = FIELD_CHECK, .label = N_("Somebody from outside")},
    {.name = "topic",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = topics,
     .label = N_("It is about")},
    {.name = "minutes",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 1,
     .max_value = 180,
     .label = N_("Usual length in minutes")},
    {.name = "lines",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 1,
     .max_value = 20,
     .label = N_("Writing lines per question on paper")},
    {.name = "thanks", .kind = FIELD_CHECK, .label = N_("A word of thanks")},
    {.name = "overview", .kind = FIELD_CHECK, .label = N_("What was said, at a glance")},
    {.name = "agreements", .kind = FIELD_CHECK, .label = N_("Agreements: who, what, when")},
    {.name = "look_back", .kind = FIELD_CHECK, .label = N_("A day to look back")},
    {.name = "sharing", .kind = FIELD_CHECK, .label = N_("What is shared with whom")},
    {.name = "pupil_view", .kind = FIELD_CHECK, .label = N_("What the pupil thought of it")},
    {.name = "listening",
     .kind = FIELD_CHECK,
     .label = N_("How I listened (for the teacher alone)")},
    {.name = "mark", .kind = FIELD_HIDDEN, .required = true, .max = PART_MARK_MAX},
};
FORM(head_form, head_fields);

static void set_bits(struct form_values *values, const struct check_bit *checks, unsigned bits)
{
    for (; checks->name; checks++)
        form_check(values, checks->name, (bits & checks->bit) != 0);
}

static unsigned bits_of(struct web *web, const struct check_bit *checks)
{
    unsigned bits = 0;
    for (; checks->name; checks++)
        if (form_checked(&web->form, checks->name))
            bits |= checks->bit;
    return bits;
}

static void fill_head(struct web *web, const struct method *method, const char *mark,
                      struct form_values *values)
{
    form_begin(values, &head_form);
    parts_set_both(values, "title_nl", "title_en", &method->title);
    parts_set_both(values, "purpose_nl", "purpose_en", &method->purpose);
    set_bits(values, age_bits, method->bands);
    set_bits(values, tier_bits, method->tiers);
    set_bits(values, closing_bits, method->closing);
    set_bits(values, part_bits, method->takes_part);
    /* In the order of their enums, which begin at 1. */
    form_set(values, "about", abouts[method->about - 1].value);
    form_set(values, "topic", topics[method->topic - 1].value);
    form_set(values, "minutes", arena_printf(web->arena, "%d", method->minutes));
    form_set(values, "lines", arena_printf(web->arena, "%d", method->lines));
    form_set(values, "mark", mark);
}

static enum status show_head(struct web *web)
{
    struct draft_view *view = NULL;
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    enum status st = values ? draft_view_make(web, &view) : ERR_NOMEM;
    if (st != OK)
        return st;
    fill_head(web, view->method, view->draft->mark, values);
    view->form = values;
    return web_page(web, view->title, html_draft_head_page, view);
}

static enum status keep_head(struct web *web)
{
    struct draft_view *view = NULL;
    struct form_values *now = ARENA_NEW(web->arena, struct form_values);
    enum status st = now ? draft_view_make(web, &view) : ERR_NOMEM;
    if (st != OK)
        return st == ERR_NOT_FOUND ? parts_gone(web, NULL) : st;
    view->form = &web->form;
    struct method method = *view->method;
    method.title = parts_both(web, &method.title, "title_nl", "title_en");
    method.purpose = parts_both(web, &method.purpose, "purpose_nl", "purpose_en");
    method.bands = bits_of(web, age_bits);
    method.tiers = bits_of(web, tier_bits);
    method.closing = bits_of(web, closing_bits);
    method.takes_part = bits_of(web, part_bits);
    method.about = (enum method_about)(form_number(&web->form, "about") + 1);
    method.topic = (enum method_topic)(form_number(&web->form, "topic") + 1);
    method.minutes = (int)form_number(&web->form, "minutes");
    method.lines = (int)form_number(&web->form, "lines");
    if (!method.bands)
        form_error(&web->form, "age_4", N_("Choose at least one age."));
    if (!method.takes_part)
        form_error(&web->form, "with_pupil", N_("Choose at least one."));
    if (!method.tiers)
        form_error(&web->form, "tier_1", N_("Choose at least one."));
    st = form_valid(&web->form)
             ? draft_keep(web, view, form_text(&web->form, "mark"), &method, "title_nl")
             : ERR_INVALID;
    fill_head(web, view->method, view->draft->mark, now);
    return parts_after_keep(web, view, st, "top", html_draft_head_page, now);
}

/* --- a phase
 * -------------------------------------------------------------------------------------------- */

#define CUE(name_)                                                                                 \
    {                                                                                              \
        .name = "c-" name_, .kind = FIELD_CHECK, .label = ""                                       \
    }

static const struct field phase_fields[] = {
    {.name = "fase", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
    {.name = "mark", .kind = FIELD_HIDDEN, .max = PART_MARK_MAX},
    {.name = "title_nl",
     .kind = FIELD_TEXT,
     .required = true,
     .max = PART_TITLE_MAX,
     .label = N_("Name in Dutch")},
    {.name = "title_en", .kind = FIELD_TEXT, .max = PART_TITLE_MAX, .label = N_("Name in English")},
    {.name = "purpose_nl",
     .kind = FIELD_LONG,
     .max = TEXT_MAX,
     .label = N_("What it is for, in Dutch")},
    {.name = "purpose_en",
     .kind = FIELD_LONG,
     .max = TEXT_MAX,
     .label = N_("What it is for, in English")},
    {.name = "summary", .kind = FIELD_CHECK, .label = N_("Ends with a summary that is read back")},
    {.name = "own_nl",
     .kind = FIELD_LONG,
     .max = 4000,
     .label = N_("Reminders of our own, one per line, in Dutch")},
    {.name = "own_en", .kind = FIELD_LONG, .max = 4000, .label = N_("The same lines in English")},
    CUE("oen"),
    CUE("oma-advice"),
    CUE("oma-judgement"),
    CUE("nivea"),
    CUE("zoen"),
    CUE("suggestive"),
    CUE("paraphrase"),
    CUE("comfort"),
    CUE("no-blame"),
    CUE("own-words"),
    CUE("shared-aim"),
    CUE("limits"),
    CUE("quick-advice"),
    CUE("no-causes"),
    CUE("own-role"),
    CUE("strengths"),
    CUE("growth"),
    CUE("smart"),
    CUE("silence"),
    CUE("social"),
    CUE("win-win"),
    CUE("celebrate"),
};
FORM(phase_form, phase_fields);

static const struct field phase_address_fields[] = {
    {.name = "fase", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
};
FORM(phase_address, phase_address_fields);

const char *method_cue_field(struct arena *arena, const char *name)
{
    return arena_printf(arena, "c-%s", name);
}

static bool has_cue(const struct phase *phase, const char *name)
{
    for (size_t i = 0; i < phase->cue_count; i++)
        if (phase->cues[i].name && str_equal(phase->cues[i].name, name))
            return true;
    return false;
}

/* The cues that are texts of the school itself. NULL without memory. */
static struct method_text *own_cues(struct web *web, const struct phase *phase, size_t *ret_count)
{
    struct method_text *texts = ARENA_ARRAY(web->arena, struct method_text, phase->cue_count);
    *ret_count = 0;
    for (size_t i = 0; texts && i < phase->cue_count; i++)
        if (!phase->cues[i].name)
            texts[(*ret_count)++] = phase->cues[i].text;
    return texts;
}

static enum status fill_phase(struct web *web, const struct phase *phase, const char *mark,
                              struct form_values *values)
{
    size_t count = 0;
    const struct method_text *own = own_cues(web, phase, &count);
    if (!own)
        return ERR_NOMEM;
    form_begin(values, &phase_form);
    form_set(values, "fase", phase->id);
    form_set(values, "mark", mark);
    parts_set_both(values, "title_nl", "title_en", &phase->title);
    parts_set_both(values, "purpose_nl", "purpose_en", &phase->purpose);
    form_check(values, "summary", phase->has_summary);
    form_set(values, "own_nl", method_edit_text_lines(own, count, "nl", web->arena));
    form_set(values, "own_en", method_edit_text_lines(own, count, "en", web->arena));
    for (const struct cue *cue = cues; cue->name; cue++)
        form_check(values, method_cue_field(web->arena, cue->name), has_cue(phase, cue->name));
    return OK;
}

/* The phase that `fase` names: in the address when it is shown, in the form when it is kept. */
static enum status find_phase(struct web *web, struct draft_view **ret_view)
{
    enum status st = draft_view_make(web, ret_view);
    if (st != OK)
        return st;
    if (!*form_text(&web->form, "fase"))
        return ERR_INVALID;
    (*ret_view)->phase = method_phase((*ret_view)->method, form_text(&web->form, "fase"));
    return (*ret_view)->phase ? OK : ERR_NOT_FOUND;
}

static enum status show_phase(struct web *web)
{
    struct draft_view *view = NULL;
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    enum status st = values ? find_phase(web, &view) : ERR_NOMEM;
    if (st == OK)
        st = fill_phase(web, view->phase, view->draft->mark, values);
    if (st != OK)
        return st;
    view->form = values;
    return web_page(web, view->title, html_draft_phase_page, view);
}

static enum status cues_of_form(struct web *web, struct phase *phase)
{
    size_t own_count = 0, text_count = 0, count = 0, known = 0;
    const struct method_text *own = own_cues(web, phase, &own_count), *texts = NULL;
    while (cues[known].name)
        known++;
    enum status st =
        own ? method_edit_texts(own, own_count, form_text(&web->form, "own_nl"),
                                form_text(&web->form, "own_en"), web->arena, &texts, &text_count)
            : ERR_NOMEM;
    struct method_cue *list = ARENA_ARRAY(web->arena, struct method_cue, known + text_count);
    if (st != OK || !list)
        return st == OK ? ERR_NOMEM : st;
    for (const struct cue *cue = cues; cue->name; cue++)
        if (form_checked(&web->form, method_cue_field(web->arena, cue->name)))
            list[count++].name = cue->name;
    for (size_t i = 0; i < text_count; i++)
        list[count++].text = texts[i];
    phase->cues = list;
    phase->cue_count = count;
    return OK;
}

static enum status keep_phase(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method *changed = NULL;
    struct form_values *now = ARENA_NEW(web->arena, struct form_values);
    enum status st = now ? find_phase(web, &view) : ERR_NOMEM;
    if (st == ERR_NOT_FOUND)
        return parts_gone(web, view);
    if (st == OK)
        st = fill_phase(web, view->phase, view->draft->mark, now);
    if (st != OK)
        return st;
    view->form = &web->form;
    struct phase phase = *view->phase;
    phase.title = parts_both(web, &phase.title, "title_nl", "title_en");
    phase.purpose = parts_both(web, &phase.purpose, "purpose_nl", "purpose_en");
    phase.has_summary = form_checked(&web->form, "summary");
    st = cues_of_form(web, &phase);
    if (st == OK)
        st = method_edit_set_phase(view->method, phase.id, &phase, web->arena, &changed);
    if (st != OK)
        return st;
    st = form_valid(&web->form)
             ? draft_keep(web, view, form_text(&web->form, "mark"), changed, "own_nl")
             : ERR_INVALID;
    return parts_after_keep(web, view, st, arena_printf(web->arena, "f-%s", phase.id),
                            html_draft_phase_page, now);
}

#define MAY .right = RIGHT_METHODS

const struct route method_parts_routes[] = {
    {HTTP_GET, DESK "/:method/gegevens", MAY, .run = show_head},
    {HTTP_POST, DESK "/:method/gegevens", MAY, .form = &head_form, .run = keep_head},
    {HTTP_GET, DESK "/:method/fase", MAY, .form = &phase_address, .run = show_phase},
    {HTTP_POST, DESK "/:method/fase", MAY, .form = &phase_form, .run = keep_phase},
    {0},
};
