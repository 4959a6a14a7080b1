#include "operate/commands.h"

#include <jansson.h>
#include <stdio.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "operate/cli.h"
#include "operate/json_text.h"
#include "school/school.h"
#include "signin/account.h"
#include "staff/staff.h"

/* staff: what is needed when nobody can sign in: somebody, their function, a link, a way back in.
 */

static const char *const role_words[] = {[ROLE_TEACHER] = "teacher",
                                         [ROLE_COORDINATOR] = "coordinator",
                                         [ROLE_PRINCIPAL] = "principal",
                                         [ROLE_ADMINISTRATOR] = "administrator",
                                         [ROLE_SUPPORT] = "support"};

struct one {
    struct cli *cli;
    struct staff_id staff;
    struct staff found;
    struct staff *list;
    size_t count;
    struct staff_function *functions;
    size_t function_count;
    struct staff_draft draft;
    enum role role;
    struct group_id group;
    bool take, disable;
    char token[ACCOUNT_TOKEN_TEXT];
};

static int find(struct cli *cli, struct one *one)
{
    *one = (struct one){.cli = cli};
    int code =
        cli_id(cli, cli->word_count > 1 ? cli->words[1] : NULL, "member of staff", &one->staff.v);
    return code == CLI_DONE ? cli_school(cli) : code;
}

static int answer(const struct cli *cli, enum status st)
{
    switch (st) {
    case OK:
        return CLI_DONE;
    case ERR_NOT_FOUND:
        return cli_refuse(cli, "there is no such person, group or account here");
    case ERR_INVALID:
        return cli_refuse(cli, "a name, address, function or group is not right "
                               "(teacher and support want --group of this year)");
    case ERR_CONFLICT:
        return cli_refuse(cli, "it would leave the school without an administrator, "
                               "or the address is somebody else's");
    case ERR_FORBIDDEN:
    case ERR_LIMIT:
    case ERR_DB:
    case ERR_IO:
    case ERR_NOMEM:
    case ERR_CORRUPT:
    case ERR_ERASED:
        break;
    }
    return cli_refuse(cli, "%s", cli_reason(st));
}

static enum status read_list(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = staff_list(work, false, &one->list, &one->count);
    return st == OK ? staff_functions(work, &one->functions, &one->function_count) : st;
}

/* The functions of the active year, as words. */
static const char *functions_text(const struct one *one, struct staff_id staff)
{
    const char *text = "";
    for (size_t i = 0; i < one->function_count; i++) {
        const struct staff_function *f = &one->functions[i];
        if (f->staff.v != staff.v || !f->is_active_year)
            continue;
        text = arena_printf(one->cli->arena, "%s%s%s", text, *text ? "," : "", role_words[f->role]);
    }
    return text;
}

static int list(struct cli *cli)
{
    struct one one = {.cli = cli};
    int code = cli_school(cli);
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, false, read_list, &one));
    for (size_t i = 0; code == CLI_DONE && i < one.count; i++) {
        const struct staff *s = &one.list[i];
        const char *functions = functions_text(&one, s->id);
        if (cli->json)
            code = cli_print_json(
                cli, json_pack("{s:o, s:s, s:s, s:b, s:s}", "id", json_id(s->id.v), "name",
                               person_full(cli->arena, &s->person), "email", s->person.email,
                               "account", s->account.v != 0, "functions", functions));
        else
            printf("%s  %s  <%s>  %s%s\n", id_text(s->id.v).s, person_full(cli->arena, &s->person),
                   s->person.email, *functions ? functions : "-",
                   s->account.v ? "" : "  (never invited)");
    }
    return code;
}

static enum status do_add(struct work *work, void *context)
{
    struct one *one = context;
    return staff_add(work, &one->draft, &one->staff);
}

static const char *value_or_empty(const struct cli *cli, const char *option)
{
    const char *value = cli_value(cli, option);
    return value ? value : "";
}

static int add(struct cli *cli)
{
    struct one one = {.cli = cli, .draft = {.person = person_none()}};
    one.draft.person.call = value_or_empty(cli, "--name");
    one.draft.person.prefix = value_or_empty(cli, "--prefix");
    one.draft.person.family = value_or_empty(cli, "--family");
    one.draft.person.email = value_or_empty(cli, "--email");
    if (!*one.draft.person.call || !*one.draft.person.email)
        return cli_usage(cli, "add wants --name NAME --email ADDRESS [--prefix P --family NAME]");
    int code = cli_school(cli);
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, true, do_add, &one));
    if (code != CLI_DONE)
        return code;
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:o}", "staff", json_id(one.staff.v)));
    printf("%s\n", id_text(one.staff.v).s);
    return CLI_DONE;
}

static enum status take_function(struct work *work, struct one *one, struct school_year_id year)
{
    struct staff_function *list = NULL;
    size_t count = 0;
    enum status st = staff_functions_of(work, one->staff, &list, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (list[i].role == one->role && list[i].year.v == year.v &&
            list[i].group.v == one->group.v)
            return staff_take(work, list[i].id);
    return st == OK ? ERR_NOT_FOUND : st;
}

static enum status do_function(struct work *work, void *context)
{
    struct one *one = context;
    struct school_year year;
    enum status st = staff_find(work, one->staff, &one->found);
    if (st == OK)
        st = school_active_year(work, &year);
    if (st != OK)
        return st;
    return one->take ? take_function(work, one, year.id)
                     : staff_give(work, one->staff, one->role, year.id, one->group);
}

static bool role_of(const char *word, enum role *ret_role)
{
    for (enum role role = ROLE_TEACHER; role <= ROLE_SUPPORT; role++) {
        if (str_equal(word, role_words[role])) {
            *ret_role = role;
            return true;
        }
    }
    return false;
}

static int function(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    if (code != CLI_DONE)
        return code;
    one.take = cli_value(cli, "--take") != NULL;
    if (cli->word_count < 3 || !role_of(cli->words[2], &one.role))
        return cli_usage(cli, "which function: teacher, coordinator, principal, administrator or "
                              "support?");
    if (cli_value(cli, "--group"))
        code = cli_id(cli, cli_value(cli, "--group"), "group", &one.group.v);
    return code == CLI_DONE ? answer(cli, cli_transaction(cli, true, do_function, &one)) : code;
}

/* The account of this person; made when there is none. Their address may have one already. */
static enum status account_of(struct work *work, struct one *one, struct account *ret_account)
{
    if (one->found.account.v)
        return account_find(work, one->found.account, ret_account);
    struct account_id id;
    enum status st = account_find_login(work, one->found.person.email, ret_account);
    if (st == OK)
        return account_join_school(work, ret_account->id, one->staff);
    if (st != ERR_NOT_FOUND)
        return st;
    st = account_make(work, one->found.person.email, &id);
    if (st == OK)
        st = account_join_school(work, id, one->staff);
    return st == OK ? account_find(work, id, ret_account) : st;
}

static enum status do_invite(struct work *work, void *context)
{
    struct one *one = context;
    struct account account = {.id = {0}};
    enum status st = staff_find(work, one->staff, &one->found);
    if (st == OK)
        st = account_of(work, one, &account);
    if (st == OK && account.is_disabled)
        st = account_disable(work, account.id, false);
    if (st == OK && cli_value(one->cli, "--reset-factor"))
        st = account_clear_totp(work, account.id);
    if (st == OK)
        st =
            account_invite(work, account.id,
                           account.password_hash ? INVITATION_RESET : INVITATION_FIRST, one->token);
    return st == OK ? audit_change(work, AUDIT_ACCOUNT_INVITED, 0, one->staff.v) : st;
}

static int invite(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    if (code == CLI_DONE)
        code = answer(cli, cli_transaction(cli, true, do_invite, &one));
    if (code != CLI_DONE)
        return code;
    const char *path = arena_printf(cli->arena, "/uitnodiging?code=%s", one.token);
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:s}", "path", path));
    printf("%s\n", path);
    fprintf(stderr, "Put the site's address before it. It works once; earlier links have ended.\n");
    return CLI_DONE;
}

static enum status do_disable(struct work *work, void *context)
{
    struct one *one = context;
    enum status st = staff_find(work, one->staff, &one->found);
    if (st == OK && one->found.account.v == 0)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = account_disable(work, one->found.account, one->disable);
    return st == OK ? audit_change(work, AUDIT_ACCOUNT_DISABLED, 0, one->staff.v) : st;
}

static int disable(struct cli *cli)
{
    struct one one;
    int code = find(cli, &one);
    one.disable = true;
    return code == CLI_DONE ? answer(cli, cli_transaction(cli, true, do_disable, &one)) : code;
}

static const struct cli_verb verbs[] = {
    {"list", "", "who works here, and in which functions", list},
    {"add", "--name NAME --email ADDRESS [--prefix P --family NAME]", "somebody new", add},
    {"function", "STAFF ROLE [--group ID] [--take]",
     "gives or takes teacher, coordinator, principal, administrator or support", function},
    {"invite", "STAFF [--reset-factor]",
     "a link for setting a password; also enables a disabled account", invite},
    {"disable", "STAFF", "no more signing in, everywhere", disable},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--school", "ID", "which school (the only one)"},
    {"--name", "NAME", "add: the call name"},
    {"--prefix", "P", "add: van der"},
    {"--family", "NAME", "add: the family name"},
    {"--email", "ADDRESS", "add: with which they sign in"},
    {"--group", "ID", "function: for this group"},
    {"--take", NULL, "function: take it away"},
    {"--reset-factor", NULL, "invite: the second factor is set up anew too"},
    {NULL, NULL, NULL},
};

const struct command command_staff = {
    .name = "staff",
    .usage = "list|add|function|invite|disable [STAFF]",
    .summary = "Who works at a school: for when nobody can sign in.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
