/*
 * seed: a school with pupils in an existing installation, for the shell tests of this folder.
 * Prints "school ID", "staff ID" and a line "pupil ID" for each. Or, with the words "talk SCHOOL
 * STAFF PUPIL": a conversation under way with one answer and one goal; prints its id. With "circle
 * SCHOOL STAFF PUPIL…": the pupils in a group, and its conversation in which each of them and all
 * together said something; prints its id. With "dossier" instead of "talk" a file hangs on it, and
 * the pupil was heard about the OPP in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sodium.h>
#include <stdio.h>

#include "answer/attachment.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "group/group.h"
#include "operate/cli.h"
#include "operate/testing.h"
#include "opp/opp.h"
#include "school/school.h"

static int fill(struct cli *cli)
{
    struct house house = {0};
    int64_t pupils = 0;
    if (cli->word_count != 2 || str_to_int64(cli->words[0], &pupils) != OK || pupils < 0 ||
        pupils > HOUSE_PUPILS_MAX)
        return cli_usage(cli, "wants PUPILS NAME");
    struct house_draft draft = {(size_t)pupils, cli->words[1]};
    enum status st = house_fill(cli, &draft, &house);
    if (st != OK)
        return cli_refuse(cli, "%s", status_name(st));
    printf("school %s\nstaff %s\n", id_text(house.school.v).s, id_text(house.teacher.v).s);
    for (size_t i = 0; i < house.pupil_count; i++)
        printf("pupil %s\n", id_text(house.pupils[i].v).s);
    return CLI_DONE;
}

#define HOUSE_GOAL "drie zonnebloemen zaaien"

struct talk {
    struct pupil_id pupil;
    struct conversation_id id;
    bool with_file; /* and heard about the OPP */
};

static enum status add_file_and_moment(struct work *work, const struct talk *talk,
                                       const struct conversation *c)
{
    static const char file[] = "%PDF-1.7\n% " HOUSE_TEXT "\n%%EOF";
    const struct bytes bytes = {(const uint8_t *)file, sizeof file - 1};
    const struct opp_draft draft = {.conversation = talk->id,
                                    .kind = OPP_DRAWN_UP,
                                    .moment_on = work->today,
                                    .heard = OPP_HEARD,
                                    .way = OPP_CONVERSATION,
                                    .heard_on = work->today,
                                    .words = HOUSE_TEXT};
    struct attachment attachment;
    struct opp_moment now;
    int version = 0;
    enum status st = attachment_add(work, &c->seal, talk->id, bytes, &attachment);
    return st == OK ? opp_save(work, talk->pupil, (struct opp_moment_id){work_new_id(work)}, 0,
                               &draft, &version, &now)
                    : st;
}

static enum status hold_talk(struct work *work, void *context)
{
    struct talk *talk = context;
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = talk->pupil, .planned_at = -1, .place = "", .aim = ""};
    static const struct answer_part parts[] = {{"", HOUSE_TEXT}};
    const struct answer_value value = {parts, 1};
    struct conversation c;
    struct answer now;
    int version = 0;
    talk->id = (struct conversation_id){work_new_id(work)};
    enum status st = conversation_plan(work, talk->id, &draft);
    if (st == OK)
        st = conversation_start(work, talk->id);
    if (st == OK)
        st = conversation_open(work, RIGHT_CONVERSATION_WRITE, talk->id, &c);
    if (st != OK)
        return st;
    const struct answer_key key = {
        .conversation = talk->id, .question = "how", .voice = VOICE_PUPIL};
    st = answer_save(work, &c.seal, &key, 0, &value, &version, &now);
    const struct goal_draft goal = {.conversation = talk->id,
                                    .question = "first-step",
                                    .voice = VOICE_PUPIL,
                                    .words = {.soon = HOUSE_GOAL}};
    if (st == OK)
        st = goal_set(work, talk->pupil, (struct goal_id){work_new_id(work)}, &goal);
    return st == OK && talk->with_file ? add_file_and_moment(work, talk, &c) : st;
}

static int add_talk(struct cli *cli)
{
    struct talk talk = {.with_file = str_equal(cli->words[0], "dossier")};
    struct actor actor = {.kind = ACTOR_STAFF, .school_roles = 1u << ROLE_COORDINATOR};
    if (cli->word_count != 4 || id_parse(cli->words[1], &actor.school.v) != OK ||
        id_parse(cli->words[2], &actor.staff.v) != OK ||
        id_parse(cli->words[3], &talk.pupil.v) != OK)
        return cli_usage(cli, "talk wants SCHOOL STAFF PUPIL");
    cli->actor = actor;
    enum status st = cli_transaction(cli, true, hold_talk, &talk);
    if (st != OK)
        return cli_refuse(cli, "%s", status_name(st));
    printf("%s\n", id_text(talk.id.v).s);
    return CLI_DONE;
}

/* --- a conversation of a group ---------------------------------------------------------------- */

#define CIRCLE_PUPILS_MAX 8

struct circle {
    struct pupil_id pupils[CIRCLE_PUPILS_MAX];
    size_t count;
    struct conversation_id id;
};

static enum status make_group(struct work *work, const struct circle *circle,
                              struct group_id *ret_group)
{
    struct school_year year;
    enum status st = school_active_year(work, &year);
    const struct group_draft draft = {
        .year = year.id, .kind = GROUP_HOME, .years = YEAR_BIT(5), .name = "Zonnebloemen"};
    if (st == OK)
        st = group_add(work, &draft, ret_group);
    for (size_t i = 0; st == OK && i < circle->count; i++)
        st = group_join(work, *ret_group, circle->pupils[i], work->today);
    return st;
}

static enum status say(struct work *work, const struct conversation *c, enum voice voice,
                       int64_t person, const char *text)
{
    const struct answer_part parts[] = {{"", text}};
    const struct answer_value value = {parts, 1};
    const struct answer_key key = {
        .conversation = c->id, .question = "hard", .voice = voice, .person = person};
    struct answer now;
    int version = 0;
    return answer_save(work, &c->seal, &key, 0, &value, &version, &now);
}

static enum status hold_circle(struct work *work, void *context)
{
    struct circle *circle = context;
    struct group_id group = {0};
    struct conversation c;
    enum status st = make_group(work, circle, &group);
    const struct conversation_draft draft = {
        .method_key = "k18", .group = group, .planned_at = -1, .place = "", .aim = ""};
    circle->id = (struct conversation_id){work_new_id(work)};
    if (st == OK)
        st = conversation_plan(work, circle->id, &draft);
    if (st == OK)
        st = conversation_start(work, circle->id);
    if (st == OK)
        st = conversation_open(work, RIGHT_CONVERSATION_WRITE, circle->id, &c);
    for (size_t i = 0; st == OK && i < circle->count; i++)
        st = say(work, &c, VOICE_PUPIL, circle->pupils[i].v, HOUSE_TEXT " in de kring");
    return st == OK ? say(work, &c, VOICE_TOGETHER, 0, HOUSE_TEXT " met ons allemaal") : st;
}

static int add_circle(struct cli *cli)
{
    struct circle circle = {.count = (size_t)cli->word_count - 3};
    struct actor actor = {.kind = ACTOR_STAFF,
                          .school_roles = 1u << ROLE_COORDINATOR | 1u << ROLE_ADMINISTRATOR};
    bool valid = cli->word_count > 3 && circle.count <= CIRCLE_PUPILS_MAX &&
                 id_parse(cli->words[1], &actor.school.v) == OK &&
                 id_parse(cli->words[2], &actor.staff.v) == OK;
    for (size_t i = 0; valid && i < circle.count; i++)
        valid = id_parse(cli->words[i + 3], &circle.pupils[i].v) == OK;
    if (!valid)
        return cli_usage(cli, "circle wants SCHOOL STAFF PUPIL…");
    cli->actor = actor;
    enum status st = cli_transaction(cli, true, hold_circle, &circle);
    if (st != OK)
        return cli_refuse(cli, "%s", status_name(st));
    printf("%s\n", id_text(circle.id.v).s);
    return CLI_DONE;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    code = cli_open(&cli, false);
    if (code == CLI_DONE && cli.word_count && str_equal(cli.words[0], "circle"))
        code = add_circle(&cli);
    else if (code == CLI_DONE)
        code = cli.word_count &&
                       (str_equal(cli.words[0], "talk") || str_equal(cli.words[0], "dossier"))
                   ? add_talk(&cli)
                   : fill(&cli);
    cli_close(&cli);
    return code;
}

static const struct command seed = {
    .name = "seed", .usage = "PUPILS NAME", .summary = "Fills a database for tests.", .run = run};

int main(int argc, char **argv)
{
    return sodium_init() < 0 ? CLI_REFUSED : run(&seed, argc - 1, argv + 1);
}
