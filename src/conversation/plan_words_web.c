/* How a plan reads for people. */
#include "base/arena.h"
#include "conversation/plan_web.h"
#include "web/web.h"

const char *plan_moment(struct web *web, struct date on, int at)
{
    if (!date_is_set(on))
        return _("no day yet");
    const char *day = tr_date_day(web->tr, web->arena, on, web->work.today);
    if (at < 0)
        return day;
    struct local_time time = {.date = on, .hour = (int8_t)(at / 60), .minute = (int8_t)(at % 60)};
    return trf(web->tr, web->arena, "{0} at {1}", 2, day, tr_time(web->tr, web->arena, time));
}

const char *plan_state_text(struct web *web, enum conversation_state state)
{
    static const char *const texts[] = {
        [CONVERSATION_PLANNED] = N_("planned"),     [CONVERSATION_INVITED] = N_("invited"),
        [CONVERSATION_PREPARED] = N_("prepared"),   [CONVERSATION_UNDER_WAY] = N_("under way"),
        [CONVERSATION_CLOSED] = N_("held"),         [CONVERSATION_EVALUATED] = N_("looked back on"),
        [CONVERSATION_CANCELLED] = N_("cancelled"),
    };
    return tr(web->tr, texts[state]);
}
