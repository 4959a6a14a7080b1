#include "badge/badge_web.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/badge_html.h"
#include "http/http.h"
#include "pupil/pupil.h"
#include "signin/limits.h"
#include "web/app.h"
#include "web/web.h"

/*
 * The class device. The teacher opens it for a group; that ends the teacher's own session in this
 * browser, so that pupils find nothing of it. Then pupils tap their name and three pictures. Every
 * tap is an ordinary form: it works without script.
 */

#define DEVICE_COOKIE "weerklank_k"
#define DEVICE_SECONDS (12 * 3600)

/* The open device of this browser; `actor` becomes nobody at its school, who sees its group's
 * names. */
static enum status device_of(struct web *web, struct class_device *ret)
{
    const char *token = web_cookie(web, DEVICE_COOKIE);
    enum status st = token ? class_device_find(&web->work, token, ret) : ERR_NOT_FOUND;
    if (st == OK)
        web->actor =
            (struct actor){.kind = ACTOR_NOBODY, .school = ret->school, .class_group = ret->group};
    return st;
}

static enum status open_device(struct web *web)
{
    char token[SESSION_TOKEN_TEXT];
    enum status st = class_device_open(&web->work, web_group(web), token);
    if (st == OK)
        st = session_end(web->work.db, web->session->id);
    if (st != OK)
        return st;
    web_set_cookie(web, DEVICE_COOKIE, token, DEVICE_SECONDS);
    web_set_cookie(web, SESSION_COOKIE, "", 0);
    return web_redirect(web, "/klas");
}

static enum status closed_page(struct web *web)
{
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = "kid";
    return web_page(web, _("This device is closed"), html_class_closed, NULL);
}

static enum status class_page(struct web *web)
{
    struct class_device device;
    struct group group;
    struct group_member *members = NULL;
    size_t count = 0;
    struct class_view *view = ARENA_NEW(web->arena, struct class_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = device_of(web, &device);
    if (st == ERR_NOT_FOUND)
        return closed_page(web);
    if (st == OK)
        st = group_find(&web->work, device.group, &group);
    if (st == OK)
        st = group_members(&web->work, device.group, &members, &count);
    view->lines = ARENA_ARRAY(web->arena, struct class_line, count);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    view->group_name = group.name;
    view->count = count;
    for (size_t i = 0; i < count; i++)
        view->lines[i] = (struct class_line){.pupil = members[i].pupil,
                                             .call = members[i].call,
                                             .letters = members[i].letters,
                                             .symbol = pupil_symbol_name(members[i].symbol),
                                             .colour = members[i].colour};
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(group.age_band);
    return web_page(web, _("Who are you?"), html_class_page, view);
}

/* Only a teacher who signs in opens it again: the one tap of a child that cannot be taken back. */
static enum status ask_close(struct web *web)
{
    struct class_device device;
    struct group group;
    struct class_view *view = ARENA_NEW(web->arena, struct class_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = device_of(web, &device);
    if (st == ERR_NOT_FOUND)
        return closed_page(web);
    if (st == OK)
        st = group_find(&web->work, device.group, &group);
    if (st != OK)
        return st;
    view->group_name = group.name;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(group.age_band);
    return web_page(web, _("Close this device?"), html_class_ask_close, view);
}

static enum status close_device(struct web *web)
{
    struct class_device device;
    enum status st = device_of(web, &device);
    if (st == OK)
        st = class_device_close(&web->work, web_cookie(web, DEVICE_COOKIE));
    if (st == OK)
        st = audit_change(&web->work, AUDIT_CLASS_DEVICE_CLOSED, 0, device.group.v);
    else if (st == ERR_NOT_FOUND)
        st = OK; /* closed already */
    web_set_cookie(web, DEVICE_COOKIE, "", 0);
    return st == OK ? web_redirect(web, "/aanmelden") : st;
}

/* --- three pictures --------------------------------------------------------------------------- */

static const struct field picture_fields[] = {
    {.name = "gekozen", .kind = FIELD_HIDDEN, .max = 40},
    {.name = "plaatje", .kind = FIELD_HIDDEN, .required = true, .max = 20},
};
FORM(picture_form, picture_fields);

struct state {
    int chosen;
    const char *so_far;
    bool was_wrong, call_teacher, is_locked, must_wait;
};

static enum status show_pictures(struct web *web, const struct class_device *device,
                                 const struct state *state)
{
    struct pictures_view *view = ARENA_NEW(web->arena, struct pictures_view);
    struct picture_grid grid;
    struct pupil pupil;
    struct group group;
    if (!view)
        return ERR_NOMEM;
    enum status st = picture_grid_of(&web->work, device->group, web_pupil(web), &grid);
    if (st == OK)
        st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st == OK)
        st = group_find(&web->work, device->group, &group);
    if (st != OK)
        return st;
    *view = (struct pictures_view){.pupil = pupil.id,
                                   .call = person_call(web->arena, &pupil.person),
                                   .symbol = pupil_symbol_name(pupil.symbol),
                                   .group_name = group.name,
                                   .colour = pupil.colour,
                                   .chosen = state->chosen,
                                   .so_far = state->so_far,
                                   .was_wrong = state->was_wrong,
                                   .call_teacher = state->call_teacher,
                                   .is_locked = state->is_locked,
                                   .must_wait = state->must_wait};
    for (size_t i = 0; i < PICTURE_GRID; i++) {
        view->names[i] = picture_name(grid.at[i]);
        view->labels[i] = tr(web->tr, picture_label(grid.at[i]));
    }
    web->form.form = NULL;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = "kid kid--young";
    return web_page(web, trf(web->tr, web->arena, "Hello {0}", 1, view->call), html_pictures_page,
                    view);
}

static enum status pictures_page(struct web *web)
{
    struct class_device device;
    struct state fresh = {.so_far = ""};
    enum status st = device_of(web, &device);
    return st == OK ? show_pictures(web, &device, &fresh) : st;
}

/* What was chosen before and now. ERR_INVALID for anything a page of ours would not send. */
static enum status read_choice(struct web *web, struct picture_code *code, int *ret_count)
{
    char *rest = arena_strdup(web->arena, form_text(&web->form, "gekozen"));
    int count = 0;
    if (*rest == '\0')
        rest = NULL;
    for (char *name; (name = str_split(&rest, '.')) != NULL;) {
        if (count == PICTURE_CODE - 1 || picture_parse(name, &code->at[count++]) != OK)
            return ERR_INVALID;
    }
    if (picture_parse(form_text(&web->form, "plaatje"), &code->at[count++]) != OK)
        return ERR_INVALID;
    *ret_count = count;
    return OK;
}

static enum status enter(struct web *web, const struct class_device *device)
{
    struct session_start start = {.kind = SESSION_PICTURE,
                                  .step = SESSION_FULL,
                                  .school = device->school,
                                  .person = web_pupil(web).v};
    enum status st = web_begin_session(web, &start);
    struct actor there = {.kind = ACTOR_PUPIL, .school = device->school, .pupil = web_pupil(web)};
    struct work work = web->work;
    work.actor = &there;
    if (st == OK)
        st = audit_change(&work, AUDIT_SIGN_IN, there.pupil.v, 0);
    if (st != OK)
        return st;
    return web_redirect(web, "/ik");
}

/* The third picture: counted for the device before it is looked at, then for the pupil. */
static enum status try_code(struct web *web, const struct class_device *device,
                            const struct picture_code *code)
{
    struct id_text device_text = id_text(device->id);
    struct limit_address address = limit_address(web->request->peer);
    struct limit_try attempt = {
        .kind = LIMIT_PICTURES, .account = device_text.s, .address = address.s};
    struct state state = {.so_far = ""};
    int64_t wait_ms = 0;
    enum limit_scope scope;
    int tries = 0;
    enum status st = limit_begin(web->app->limiter, &attempt, web->work.now_ms, &wait_ms, &scope);
    if (st == ERR_LIMIT) {
        state.must_wait = true;
        return show_pictures(web, device, &state);
    }
    if (st == OK)
        st = picture_try(&web->work, device->group, web_pupil(web), code, &tries);
    if (st == OK) {
        limit_succeeded(web->app->limiter, &attempt, web->work.now_ms);
        return enter(web, device);
    }
    if (st != ERR_FORBIDDEN && st != ERR_LIMIT)
        return st;
    state.was_wrong = true;
    state.call_teacher = tries >= PICTURE_TRIES_CALL;
    state.is_locked = st == ERR_LIMIT;
    return show_pictures(web, device, &state); /* 200, so that the count of tries is kept */
}

static enum status tap_picture(struct web *web)
{
    struct class_device device;
    struct picture_code code = {{0}};
    int count = 0;
    enum status st = form_valid(&web->form) ? device_of(web, &device) : ERR_INVALID;
    if (st == OK)
        st = read_choice(web, &code, &count);
    if (st != OK)
        return st;
    if (count == PICTURE_CODE)
        return try_code(web, &device, &code);
    const char *before = form_text(&web->form, "gekozen");
    struct state state = {.chosen = count,
                          .so_far = arena_printf(web->arena, "%s%s%s", before, *before ? "." : "",
                                                 form_text(&web->form, "plaatje"))};
    return show_pictures(web, &device, &state);
}

const struct route class_routes[] = {
    {HTTP_POST, "/groep/:group/klas", .right = RIGHT_GROUP_BADGES, .run = open_device},
    {HTTP_GET, "/klas", .right = RIGHT_CLASS_DEVICE, .run = class_page},
    {HTTP_GET, "/klas/sluiten", .right = RIGHT_CLASS_DEVICE, .run = ask_close},
    {HTTP_POST, "/klas/sluiten", .right = RIGHT_CLASS_DEVICE, .run = close_device},
    {HTTP_GET, "/klas/:pupil", .right = RIGHT_CLASS_DEVICE, .run = pictures_page},
    {HTTP_POST, "/klas/:pupil", .right = RIGHT_CLASS_DEVICE, .form = &picture_form,
     .run = tap_picture},
    {0},
};
