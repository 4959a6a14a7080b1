#include "conversation/form_paper_web.h"

#include "answer/attachment.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/voice_web.h"
#include "print/paper.h"

#define LETTER_MAX ((size_t)64 * 1024)
#define QR_MM 24

/* For whom it is: what adults fill in for each other is for them, whoever it is about. */
static enum band reader_of(const struct form_paper *f)
{
    bool adults = f->preparation ? f->preparation != PART_PUPIL : f->method->about == ABOUT_STAFF;
    return adults ? BAND_ADULT : f->band;
}

static enum paper_band paper_band_of(enum band band)
{
    return band == BAND_4_6 ? PAPER_YOUNGEST : band == BAND_7_9 ? PAPER_YOUNGER : PAPER_OLDER;
}

static const char *who_of(const struct form_paper *f, enum voice voice)
{
    const char *pupil = f->call && *f->call ? f->call : tr(f->tr, N_("Pupil"));
    const char *leader = f->leader && *f->leader ? f->leader : tr(f->tr, N_("Teacher"));
    return voice_name(f->tr, voice, pupil, leader);
}

/* --- the form
 * --------------------------------------------------------------------------------------- */

struct setting {
    const struct form_paper *form;
    struct paper *paper;
    struct arena *arena;
    const char *lang;
    enum band band; /* who reads it */
    int number;     /* of the question */
};

/* A child wants large lines, or a box to draw in; who writes for a child of four does not. */
static enum paper_band hand_of(const struct setting *s, enum voice voice)
{
    if (voice == VOICE_PUPIL)
        return paper_band_of(s->band);
    return voice == VOICE_TOGETHER && s->band == BAND_7_9 ? PAPER_YOUNGER : PAPER_OLDER;
}

static struct answer_view view_of(const struct setting *s, const struct question *question,
                                  enum voice voice, const char *who,
                                  const struct answer_value *value)
{
    const struct form_paper *f = s->form;
    return (struct answer_view){.question = question,
                                .value = value,
                                .tr = f->tr,
                                .lang = s->lang,
                                .band = s->band,
                                .field_id = "",
                                .voice = voice,
                                .who = who,
                                .arena = s->arena,
                                .photo = f->photo,
                                .photo_context = f->context,
                                .lines = question->lines ? question->lines : f->method->lines};
}

/* Who of several in one voice it was: a pupil of a group, a guardian, an external. */
static const char *name_of(const struct form_paper *f, const struct answer_key *key)
{
    for (size_t i = 0; key->person && i < f->people_count; i++)
        if (f->people[i].person == key->person)
            return f->people[i].name;
    return who_of(f, key->voice);
}

/* Everybody who said something in that voice, one after the other. */
static bool print_said(struct setting *s, const struct answer_kind *kind,
                       const struct question *question, enum voice voice)
{
    const struct form_paper *f = s->form;
    bool any = false;
    for (size_t i = 0; i < f->answer_count; i++) {
        const struct answer *answer = &f->answers[i];
        if (answer->key.voice != voice || !str_equal(answer->key.question, question->id) ||
            answer_is_empty(&answer->value))
            continue;
        struct answer_view view =
            view_of(s, question, voice, name_of(f, &answer->key), &answer->value);
        kind->paper(s->paper, &view);
        any = true;
    }
    return any;
}

/* What everybody said. That something was left empty is said when nobody said anything. */
static void print_answers(struct setting *s, const struct answer_kind *kind,
                          const struct question *question)
{
    bool any = false;
    for (size_t i = 0; i < question->voice_count; i++) {
        paper_hand(s->paper, hand_of(s, question->voices[i]));
        any |= print_said(s, kind, question, question->voices[i]);
    }
    if (!any)
        paper_text(s->paper, PAPER_MUTED, tr(s->form->tr, N_("Left empty")));
}

/* Room for everybody to write in. */
static void print_room(struct setting *s, const struct answer_kind *kind,
                       const struct question *question)
{
    for (size_t i = 0; i < question->voice_count; i++) {
        enum voice voice = question->voices[i];
        struct answer_view view = view_of(s, question, voice, who_of(s->form, voice), NULL);
        paper_hand(s->paper, hand_of(s, voice));
        if (question->voice_count > 1)
            paper_question(s->paper, NULL, who_of(s->form, voice), NULL, NULL);
        kind->paper(s->paper, &view);
    }
}

/* Goals, agreements and so on as they stand: each is one line, its details under it. */
static void print_things(struct setting *s, const struct question *question)
{
    const char *text = str_trim(s->arena, s->form->things(s->form->context, question));
    if (*text)
        paper_answer(s->paper, PAPER_TOGETHER, NULL, text);
    else
        paper_text(s->paper, PAPER_MUTED, tr(s->form->tr, N_("Left empty")));
}

static void print_question(struct setting *s, const struct question *question)
{
    const struct answer_kind *kind = answer_kind(question->kind);
    if (!kind || !kind->paper || (kind->is_private && s->form->answer_count))
        return; /* for the teacher's own eyes: not on a sheet that others get */
    paper_keep_together_begin(s->paper);
    paper_question(s->paper, arena_printf(s->arena, "%d", ++s->number),
                   question_words(question, s->band, s->lang), method_say(&question->help, s->lang),
                   s->band <= BAND_7_9 ? question->picture : NULL);
    /* Goals, agreements and the like are things of their own: room to write them by hand. */
    if (s->form->answer_count && kind->outcome == OUTCOME_NONE)
        print_answers(s, kind, question);
    else if (s->form->answer_count && s->form->things)
        print_things(s, question);
    else
        print_room(s, kind, question);
    paper_keep_together_end(s->paper);
}

static void print_summary(struct setting *s, const struct phase *phase)
{
    const struct answer_kind *kind = answer_kind("summary");
    struct method_wording words = {s->lang, tr(s->form->tr, N_("In short: did I get it right?"))};
    struct question *question = ARENA_NEW(s->arena, struct question);
    if (!kind || !question)
        return;
    *question =
        (struct question){.id = arena_printf(s->arena, METHOD_SUMMARY_PREFIX "%s", phase->id),
                          .kind = "summary",
                          .ask = {arena_memdup(s->arena, &words, sizeof words), 1},
                          .voices = {VOICE_TOGETHER},
                          .voice_count = 1};
    print_question(s, question);
}

static void print_phases(struct setting *s, const struct phase *phases, size_t count)
{
    for (size_t p = 0; p < count; p++) {
        paper_heading(s->paper, 2, method_say(&phases[p].title, s->lang), NULL);
        if (phases[p].question_count == 0)
            paper_text(s->paper, PAPER_MUTED, method_say(&phases[p].purpose, s->lang));
        for (size_t i = 0; i < phases[p].question_count; i++)
            print_question(s, &phases[p].questions[i]);
        if (phases[p].has_summary && !s->form->preparation)
            print_summary(s, &phases[p]);
    }
}

static void print_top(struct setting *s)
{
    const struct form_paper *f = s->form;
    const struct tr *t = f->tr;
    paper_title(s->paper, method_say(&f->method->title, s->lang),
                method_say(&f->method->purpose, s->lang), NULL);
    const struct paper_field fields[] = {
        {tr(t, N_("Name")), f->pupil && *f->pupil ? f->pupil : NULL, 7},
        {tr(t, N_("With")), f->leader && *f->leader ? f->leader : NULL, 5},
        {tr(t, N_("Date")), f->day && *f->day ? f->day : NULL,
         6}, /* "19 september 2026" on one line */
    };
    paper_fields(s->paper, fields, ARRAY_LEN(fields));
}

/* The pupil decides who reads it, on paper as on screen (P6). */
static void print_choice(struct setting *s)
{
    const struct form_paper *f = s->form;
    enum may_read chosen =
        f->answer_count && f->conversation ? f->conversation->may_read : MAY_READ_UNDECIDED;
    paper_heading(s->paper, 2, tr(f->tr, N_("What happens with it?")), NULL);
    paper_checkbox(s->paper, chosen == MAY_READ_YES,
                   tr(f->tr, N_("My teacher may read it before")));
    paper_checkbox(s->paper, chosen == MAY_READ_FIRST_IN_TALK,
                   tr(f->tr, N_("I tell it myself in the conversation")));
}

/* The end of a form: the choice, and the code beside it so that it does not stand on a page of its
 * own. */
static void print_end(struct setting *s)
{
    static const int weights[] = {5, 2};
    const struct form_paper *f = s->form;
    bool has_choice = f->preparation == PART_PUPIL;
    paper_keep_together_begin(s->paper);
    if (has_choice && f->link)
        paper_columns_begin(s->paper, 2, weights);
    if (has_choice)
        print_choice(s);
    if (has_choice && f->link)
        paper_next_column(s->paper);
    if (f->link)
        paper_qr(s->paper, f->link, QR_MM, f->code);
    if (has_choice && f->link)
        paper_columns_end(s->paper);
    paper_keep_together_end(s->paper);
}

static void print_form(struct setting *s, const struct method_preparation *preparation)
{
    const struct form_paper *f = s->form;
    print_top(s);
    if (preparation)
        print_phases(s, preparation->phases, preparation->phase_count);
    else
        print_phases(s, f->method->phases, f->method->phase_count);
    print_end(s);
}

struct bytes form_paper_photo(struct work *work, const struct conversation *conversation,
                              struct attachment_id id)
{
    struct attachment attachment;
    struct bytes bytes;
    enum status st =
        attachment_open(work, &conversation->seal, conversation->id, id, &attachment, &bytes);
    return st == OK && attachment.kind == ATTACHMENT_IMAGE ? bytes : (struct bytes){NULL, 0};
}

enum status form_paper_print(const struct form_paper *form, struct paper_press *press,
                             struct arena *arena, struct bytes *ret_pdf)
{
    const struct method_preparation *preparation = NULL;
    if (form->preparation) {
        preparation = method_preparation_of(form->method, form->preparation);
        if (!preparation)
            return ERR_NOT_FOUND;
    }
    const char *lang = tr_code(form->tr);
    struct paper_look look = {.tr = form->tr,
                              .title = method_say(&form->method->title, lang),
                              .band = paper_band_of(reader_of(form)),
                              .letters =
                                  reader_of(form) == BAND_ADULT ? PAPER_ATKINSON : PAPER_ANDIKA,
                              .head_left = form->school,
                              .head_right = form->pupil,
                              .made = form->made,
                              .code = form->code};
    struct setting s = {.form = form, .arena = arena, .lang = lang, .band = reader_of(form)};
    enum status st = paper_open(arena, &look, &s.paper);
    if (st != OK)
        return st;
    print_form(&s, preparation);
    return paper_print(s.paper, press, ret_pdf);
}

/* --- the letter
 * ------------------------------------------------------------------------------------- */

static const char *slot_value(const struct letter_paper *letter, const char *name, size_t len)
{
    const struct {
        const char *name, *value;
    } slots[] = {
        {"name", letter->name}, {"leader", letter->leader}, {"day", letter->day},
        {"time", letter->time}, {"place", letter->place},
    };
    for (size_t i = 0; i < ARRAY_LEN(slots); i++)
        if (strlen(slots[i].name) == len && memcmp(slots[i].name, name, len) == 0)
            return slots[i].value && *slots[i].value ? slots[i].value : "…";
    return NULL;
}

const char *letter_text(struct arena *arena, const char *text, const struct letter_paper *letter)
{
    struct buf out;
    buf_init(&out, LETTER_MAX);
    for (const char *p = text; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        const char *value = end ? slot_value(letter, p + 1, (size_t)(end - p - 1)) : NULL;
        if (value) {
            buf_add_str(&out, value);
            p = end + 1;
        } else {
            buf_add_char(&out, *p++);
        }
    }
    const char *copy = arena_strndup(arena, out.data ? out.data : "", out.len);
    buf_free(&out);
    return copy;
}

static void print_letter(struct paper *paper, struct arena *arena, const char *lang,
                         const struct letter_paper *letter,
                         const struct method_preparation *preparation)
{
    const struct tr *t = letter->tr;
    paper_title(paper, tr(t, N_("An invitation")), method_say(&letter->method->title, lang),
                "t-samen");
    paper_text(paper, PAPER_LARGE,
               letter_text(arena, method_say(&preparation->letter, lang), letter));
    if (letter->aim && *letter->aim)
        paper_answer(paper, PAPER_TEACHER, letter->leader, letter->aim);
    const struct paper_field fields[] = {
        {tr(t, N_("Day")), letter->day && *letter->day ? letter->day : NULL, 5},
        {tr(t, N_("Time")), letter->time && *letter->time ? letter->time : NULL, 2},
        {tr(t, N_("Place")), letter->place && *letter->place ? letter->place : NULL, 4},
    };
    paper_fields(paper, fields, ARRAY_LEN(fields));
    if (letter->how && *letter->how)
        paper_text(paper, PAPER_PLAIN, letter->how);
    if (letter->link)
        paper_qr(paper, letter->link, QR_MM, letter->code);
}

/* The questions that the letter speaks of, on pages of their own. */
static void print_questions(struct paper *paper, struct arena *arena, const char *lang,
                            const struct letter_paper *letter,
                            const struct method_preparation *preparation)
{
    const struct form_paper form = {.method = letter->method,
                                    .preparation = letter->who,
                                    .band = letter->band,
                                    .pupil = letter->name,
                                    .call = letter->name,
                                    .leader = letter->leader,
                                    .code = letter->form_code,
                                    .link = letter->form_link,
                                    .tr = letter->tr};
    struct setting s = {
        .form = &form, .paper = paper, .arena = arena, .lang = lang, .band = reader_of(&form)};
    paper_break(paper);
    print_form(&s, preparation);
}

enum status letter_paper_print(const struct letter_paper *letters, size_t count,
                               struct paper_press *press, struct arena *arena,
                               struct bytes *ret_pdf)
{
    if (count == 0)
        return ERR_NOT_FOUND;
    const char *lang = tr_code(letters[0].tr);
    struct paper_look look = {.tr = letters[0].tr,
                              .title = tr(letters[0].tr, N_("An invitation")),
                              .band = paper_band_of(letters[0].band),
                              .letters = PAPER_ANDIKA,
                              .head_left = letters[0].school};
    struct paper *paper = NULL;
    enum status st = paper_open(arena, &look, &paper);
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct method_preparation *preparation =
            method_preparation_of(letters[i].method, letters[i].who);
        if (!preparation)
            return ERR_NOT_FOUND;
        if (i)
            paper_break(paper);
        print_letter(paper, arena, lang, &letters[i], preparation);
        if (letters[i].with_questions)
            print_questions(paper, arena, lang, &letters[i], preparation);
    }
    return st == OK ? paper_print(paper, press, ret_pdf) : st;
}
