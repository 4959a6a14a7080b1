#include "web/notice.h"

#include "base/arena.h"
#include "base/str.h"
#include "http/http.h"
#include "web/body.h"
#include "web/web.h"

static const struct {
    const char *word, *text;
} notices[] = {
    {"bewaard", N_("Kept.")},
    {"afgesloten", N_("Closed. Thank you for the conversation.")},
    {"gepland", N_("Planned.")},
    {"verzet", N_("Moved.")},
    {"afgezegd", N_("Cancelled.")},
    {"uitgenodigd", N_("The invitations are out.")},
    {"gesproken", N_("Noted. It counts.")},
    {"toegevoegd", N_("Added.")},
    {"weggehaald", N_("Taken away.")},
    {"jaar-gemaakt", N_("The school year is made. It counts once you change to it.")},
    {"gewisseld", N_("From now on this school year counts. You can change back.")},
    {"vorm-klaar", N_("From now on everybody can plan with it.")},
    {"vorm-ingetrokken", N_("It is off the list. Conversations that were held with it keep it.")},
    {"vorm-terug", N_("It is on the list again.")},
    {"meegenomen", N_("The functions for the whole school go along to that year.")},
    {"in-groep", N_("Put in the group.")},
    {"uit-groep", N_("Taken out of the group.")},
    {"vertrokken", N_("The leaving is recorded. You can undo it.")},
    {"terug", N_("Back at school. Now choose a group or a function again.")},
    {"functie-gegeven", N_("The function is given.")},
    {"functie-genomen", N_("The function is taken back.")},
    {"gekoppeld", N_("This address has an account already. It now opens this school too.")},
    {"stap-weg", N_("The second step is taken away. A new one is set up at the next sign-in.")},
    {"geblokkeerd", N_("The account is blocked and signed out everywhere.")},
    {"vrijgegeven", N_("The account is open again.")},
};

const char *notice_text(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(notices); i++)
        if (str_equal(notices[i].word, word))
            return notices[i].text;
    return NULL;
}

const char *notice_of(const struct web *web)
{
    const char *query = web->request->query;
    if (!strstr(query, "ok="))
        return NULL;
    struct body_part *parts = NULL;
    size_t count = 0;
    struct bytes bytes = {(const uint8_t *)query, strlen(query)};
    if (body_parse("application/x-www-form-urlencoded", bytes, web->arena, &parts, &count) != OK)
        return NULL;
    const struct body_part *part = body_find(parts, count, "ok");
    if (!part)
        return NULL;
    const char *text =
        notice_text(arena_strndup(web->arena, (const char *)part->value.data, part->value.len));
    return text ? tr(web->tr, text) : NULL;
}
