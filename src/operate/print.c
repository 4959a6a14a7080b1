#include "operate/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/sheet_web.h"
#include "group/group.h"
#include "method/store.h"
#include "operate/cli.h"
#include "print/press.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "web/web.h"

/*
 * print: a kind of conversation on paper, blank or filled with one conversation, as the pages print
 * it. A shipped one needs no installation. What is filled in is noted in the log before it is
 * written.
 */

static const struct cli_option options[] = {
    {"--conversation", "ID", "filled with what was said in it (METHOD may be left out)"},
    {"--school", "ID", "whose conversation, or whose own method (the only one)"},
    {"--preparation", NULL, "what the pupil prepares, instead of the conversation"},
    {"--band", "4-6|7-9|8-12|12-18", "for which age (the pupil's; blank: the youngest it is for)"},
    {"--language", "nl|en", "of the form (nl)"},
    {"-o", "FILE", "where to; never overwritten; - is stdout"},
    {NULL, NULL, NULL},
};

struct print {
    struct cli *cli;
    const char *key; /* NULL: of the conversation */
    struct conversation_id conversation;
    struct form_paper form;
    struct paper_press *press;
    struct bytes pdf;
    struct conversation found;
    struct school school;
    struct web web;     /* what the things of a conversation are read with */
    enum status things; /* how that went */
};

/* --- what was asked --------------------------------------------------------------------------- */

static bool band_of(const char *word, enum band *ret)
{
    static const char *const words[] = {
        [BAND_4_6] = "4-6", [BAND_7_9] = "7-9", [BAND_8_12] = "8-12", [BAND_12_18] = "12-18"};
    for (enum band band = BAND_4_6; band <= BAND_12_18; band++) {
        if (str_equal(word, words[band])) {
            *ret = band;
            return true;
        }
    }
    return false;
}

static int read_words(struct cli *cli, struct print *p, enum lang *ret_lang)
{
    const char *id = cli_value(cli, "--conversation");
    const char *band = cli_value(cli, "--band");
    const char *language = cli_value(cli, "--language");
    if (cli->word_count > 1 || (!cli->word_count && !id))
        return cli_usage(cli, "wants one METHOD; weerklank methods list shows them");
    if (!cli_value(cli, "-o"))
        return cli_usage(cli, "say where to: -o FILE");
    if (band && !band_of(band, &p->form.band))
        return cli_usage(cli, "--band is 4-6, 7-9, 8-12 or 12-18, not %s", band);
    if (language && !str_equal(language, "nl") && !str_equal(language, "en"))
        return cli_usage(cli, "--language is nl or en, not %s", language);
    *ret_lang = language && str_equal(language, "en") ? LANG_EN : LANG_NL;
    p->key = cli->word_count ? cli->words[0] : NULL;
    p->form.preparation = cli_value(cli, "--preparation") ? PART_PUPIL : 0;
    return id ? cli_id(cli, id, "conversation", &p->conversation.v) : CLI_DONE;
}

/* --- what is printed -------------------------------------------------------------------------- */

static enum status print_form(struct print *p)
{
    struct form_paper *form = &p->form;
    form->band = sheet_nearest_band(form->method, form->band ? form->band : BAND_4_6);
    return form_paper_print(form, p->press, p->cli->arena, &p->pdf);
}

static bool lacks_preparation(const struct print *p)
{
    return p->form.preparation && p->form.method &&
           !method_preparation_of(p->form.method, p->form.preparation);
}

static enum status find_method(struct work *work, void *context)
{
    struct print *p = context;
    struct method_line line;
    enum status st = method_current(work, p->key, &line);
    if (st == OK)
        p->form.method = line.method;
    if (st == OK)
        st = school_find(work, &p->school);
    p->form.school = p->school.name;
    return st;
}

static enum status find_pupil(struct work *work, struct print *p)
{
    struct pupil pupil;
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = pupil_find(work, p->found.pupil, &pupil);
    if (st == OK)
        st = group_of_pupil(work, p->found.pupil, &groups, &count);
    if (st != OK)
        return st;
    p->form.pupil = person_full(work->arena, &pupil.person);
    p->form.call = person_call(work->arena, &pupil.person);
    for (size_t i = 0; i < count && p->form.band == BAND_NONE; i++)
        if (groups[i].is_active_year && !date_is_set(groups[i].until_on))
            p->form.band = (enum band)groups[i].group.age_band;
    return OK;
}

static enum status find_group(struct work *work, struct print *p)
{
    struct group group;
    enum status st = group_find(work, p->found.group, &group);
    if (st != OK)
        return st;
    p->form.pupil = p->form.call = group.name;
    if (p->form.band == BAND_NONE)
        p->form.band = (enum band)group.age_band;
    return OK;
}

/* Nothing is filled in before it began; what the pupil prepared not before it may be read. */
static bool is_blank(const struct print *p)
{
    return p->form.preparation ? !sheet_preparation_is_open(&p->found)
                               : p->found.state < CONVERSATION_UNDER_WAY;
}

/* Goals, agreements and so on: they stand in tables of their own. */
static const char *things_of(void *context, const struct question *question)
{
    struct print *p = context;
    const struct outcome_place place = {
        .conversation = &p->found, .question = question, .back = "", .voice = question->voices[0]};
    const char *text = "";
    enum status st = outcome_text(&p->web, &place, &text);
    if (st != OK && p->things == OK)
        p->things = st;
    return text;
}

static struct bytes photo_of(void *context, struct attachment_id id)
{
    struct print *p = context;
    return form_paper_photo(&p->web.work, &p->found, id);
}

static enum status print_conversation(struct work *work, struct print *p)
{
    p->web =
        (struct web){.arena = work->arena, .work = *work, .actor = *work->actor, .tr = p->form.tr};
    p->web.work.actor = &p->web.actor;
    p->form.things = things_of;
    p->form.photo = photo_of;
    p->form.context = p;
    enum status st = print_form(p);
    return st == OK ? p->things : st;
}

/* Finds and prints it in one transaction: photos and things are read while it is printed. */
static enum status find_conversation(struct work *work, void *context)
{
    struct print *p = context;
    struct conversation *c = &p->found;
    struct answer *answers = NULL;
    struct participant *people = NULL;
    size_t count = 0, people_count = 0;
    enum status st = conversation_open_by_program(work, p->conversation, c);
    if (st == OK && p->key && !str_equal(p->key, c->method_key))
        st = ERR_INVALID;
    if (st == OK)
        st = c->pupil.v ? find_pupil(work, p) : find_group(work, p);
    if (st == OK && !is_blank(p))
        st = answer_all(work, &c->seal, c->id, &answers, &count);
    if (st == OK)
        st = conversation_people(work, c, &people, &people_count);
    if (st == OK)
        st = school_find(work, &p->school);
    if (st == OK)
        st = audit_change(work, AUDIT_CONVERSATION_PRINTED, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    p->form.method = c->method;
    p->form.conversation = c;
    p->form.answers = answers;
    p->form.answer_count = count;
    p->form.people = people;
    p->form.people_count = people_count;
    p->form.leader = c->leader_name;
    p->form.school = p->school.name;
    p->form.code = arena_strdup(work->arena, id_text(c->id.v).s);
    if (date_is_set(c->held_on))
        p->form.day = tr_date_full(p->form.tr, work->arena, c->held_on);
    return lacks_preparation(p) ? ERR_INVALID : print_conversation(work, p);
}

static int find_shipped(struct cli *cli, struct print *p)
{
    enum status st = method_shelf_open(&answer_method_kinds, &cli->shelf);
    if (st != OK)
        return cli_refuse(cli, "%s", cli_reason(st));
    p->form.method = method_shipped(cli->shelf, p->key);
    return p->form.method ? CLI_DONE
                          : cli_refuse(cli,
                                       "there is no method %s among the shipped ones; "
                                       "say --school for its own",
                                       p->key);
}

static int refuse(struct print *p, enum status st)
{
    bool filled = p->conversation.v != 0;
    if (st == ERR_NOT_FOUND)
        return cli_refuse(p->cli, filled ? "this school has no such conversation"
                                         : "this school has no such method");
    if (lacks_preparation(p))
        return cli_refuse(p->cli, "in %s the pupil prepares nothing", p->form.method->key);
    if (st == ERR_INVALID && filled)
        return cli_refuse(p->cli, "this conversation is of another method, %s",
                          p->found.method_key);
    return cli_refuse(p->cli, "%s", cli_reason(st));
}

static int print_in_school(struct cli *cli, struct print *p)
{
    int code = cli_open(cli, false);
    if (code == CLI_DONE)
        code = cli_check_schema(cli);
    if (code == CLI_DONE)
        code = cli_school(cli);
    if (code != CLI_DONE)
        return code;
    enum status st = p->conversation.v ? cli_transaction(cli, true, find_conversation, p)
                                       : cli_transaction(cli, false, find_method, p);
    if (st == OK && !p->conversation.v)
        st = lacks_preparation(p) ? ERR_INVALID : print_form(p);
    return st == OK ? CLI_DONE : refuse(p, st);
}

static int print_shipped(struct cli *cli, struct print *p)
{
    int code = find_shipped(cli, p);
    if (code != CLI_DONE)
        return code;
    enum status st = lacks_preparation(p) ? ERR_INVALID : print_form(p);
    return st == OK ? CLI_DONE : refuse(p, st);
}

/* --- out -------------------------------------------------------------------------------------- */

static int write_file(struct cli *cli, const char *path, struct bytes pdf)
{
    if (str_equal(path, "-"))
        return fwrite(pdf.data, 1, pdf.len, stdout) == pdf.len && fflush(stdout) == 0
                   ? CLI_DONE
                   : cli_refuse(cli, "writing: %s", strerror(errno));
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = file >= 0 ? fdopen(file, "w") : NULL;
    if (!out)
        return cli_refuse(cli, "%s: %s", path, strerror(errno));
    bool ok = fwrite(pdf.data, 1, pdf.len, out) == pdf.len;
    ok = fclose(out) == 0 && ok;
    if (ok)
        return CLI_DONE;
    (void)unlink(path);
    return cli_refuse(cli, "writing %s stopped; nothing is kept", path);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    struct print p = {.cli = &cli};
    struct tr *catalogues[LANG_COUNT] = {0};
    enum lang lang = LANG_NL;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = read_words(&cli, &p, &lang);
    if (code == CLI_DONE && tr_load_all(catalogues) != OK)
        code = cli_refuse(&cli, "out of memory");
    p.form.tr = catalogues[lang];
    if (code == CLI_DONE && paper_press_open(&p.press) != OK)
        code = cli_refuse(&cli, "out of memory");
    if (code == CLI_DONE)
        code = p.conversation.v || cli_value(&cli, "--school") ? print_in_school(&cli, &p)
                                                               : print_shipped(&cli, &p);
    paper_press_close(p.press);
    if (code == CLI_DONE)
        code = write_file(&cli, cli_value(&cli, "-o"), p.pdf);
    cli_close(&cli);
    tr_free_all(catalogues);
    return code;
}

const struct command command_print = {
    .name = "print",
    .usage = "METHOD [--conversation ID] -o FILE",
    .summary = "A kind of conversation on paper (PDF), blank or filled in.",
    .options = options,
    .run = run,
};
