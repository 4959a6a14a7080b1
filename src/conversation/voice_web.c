#include "conversation/voice_web.h"

#include "base/compiler.h"
#include "i18n/tr.h"

const char *voice_class(enum voice voice)
{
    static const char *const names[] = {
        [VOICE_NONE] = "",         [VOICE_PUPIL] = "child",  [VOICE_TEACHER] = "teacher",
        [VOICE_GUARDIAN] = "home", [VOICE_OTHER] = "school", [VOICE_TOGETHER] = "together",
    };
    return (unsigned)voice < ARRAY_LEN(names) ? names[voice] : "";
}

const char *voice_name(const struct tr *catalogue, enum voice voice, const char *pupil,
                       const char *leader)
{
    switch (voice) {
    case VOICE_PUPIL:
        return pupil;
    case VOICE_TEACHER:
        return leader;
    case VOICE_GUARDIAN:
        return tr(catalogue, N_("Parents"));
    case VOICE_TOGETHER:
        return tr(catalogue, N_("Together"));
    case VOICE_OTHER:
        return tr(catalogue, N_("Somebody else"));
    case VOICE_NONE:
        break;
    }
    return "";
}
