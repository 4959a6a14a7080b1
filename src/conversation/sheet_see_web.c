/* What every page needs to know before it shows anything: for which age, and who may see which answer. */
#include "conversation/sheet_web.h"

#include "conversation/see.h"
#include "web/web.h"

enum band sheet_nearest_band(const struct method *method, enum band band)
{
    if (band == BAND_NONE)
        band = BAND_8_12;
    for (int away = 0; away < BAND_ADULT; away++) {
        if (band + away < BAND_ADULT && method->bands >> (band + away) & 1u)
            return (enum band)(band + away);
        if (band - away > BAND_NONE && method->bands >> (band - away) & 1u)
            return (enum band)(band - away);
    }
    return band;
}

bool sheet_preparation_is_open(const struct conversation *c)
{
    return conversation_preparation_is_open(c);
}

bool sheet_may_see(const struct web *web, const struct conversation *c, const struct answer *answer)
{
    return conversation_may_see(&web->actor, c, answer);
}
