/* Words of the log: the two names of every action, and what actors without a name are called. */
#include "access/audit.h"

#include "access/actor.h"
#include "base/compiler.h"
#include "i18n/tr.h"

static const struct audit_words {
    const char *name;
    const char *words; /* what somebody did: "{who} looked at the dossier" */
} all_words[] = {
    [AUDIT_SIGN_IN] = {"sign_in", N_("signed in")},
    [AUDIT_SIGN_IN_REFUSED] = {"sign_in_refused", N_("was refused at signing in")},
    [AUDIT_SIGN_OUT] = {"sign_out", N_("signed out")},
    [AUDIT_PASSWORD_SET] = {"password_set", N_("chose a password")},
    [AUDIT_SECOND_FACTOR_SET] = {"second_factor_set", N_("set up the second step")},
    [AUDIT_SESSION_ENDED] = {"session_ended", N_("ended a session")},
    [AUDIT_SECOND_FACTOR_RESET] = {"second_factor_reset", N_("took away a second step")},
    [AUDIT_GROUP_SEEN] = {"group_seen", N_("looked at a group")},
    [AUDIT_DOSSIER_SEEN] = {"dossier_seen", N_("looked at the dossier")},
    [AUDIT_DOSSIER_PRINTED] = {"dossier_printed", N_("printed the dossier")},
    [AUDIT_LOG_SEEN] = {"log_seen", N_("looked at who looked")},
    [AUDIT_PUPIL_DATA_SEEN] = {"pupil_data_seen", N_("looked at name, birth date and guardians")},
    [AUDIT_EMERGENCY_OPENED] = {"emergency_opened", N_("opened the dossier by emergency access")},
    [AUDIT_OBSERVATION_ADDED] = {"observation_added", N_("noted an observation")},
    [AUDIT_OBSERVATION_CHANGED] = {"observation_changed", N_("changed an observation")},
    [AUDIT_OBSERVATION_REMOVED] = {"observation_removed", N_("took an observation off")},
    [AUDIT_OBSERVATION_SEEN] = {"observation_seen", N_("read an observation")},
    [AUDIT_NOTE_KEPT] = {"note_kept", N_("kept a note of their own")},
    [AUDIT_BADGES_PRINTED] = {"badges_printed", N_("printed badges")},
    [AUDIT_BADGE_REVOKED] = {"badge_revoked", N_("renewed the badge")},
    [AUDIT_PICTURE_CODE_SET] = {"picture_code_set", N_("made a picture code")},
    [AUDIT_CLASS_DEVICE_OPENED] = {"class_device_opened", N_("opened a class device")},
    [AUDIT_CLASS_DEVICE_CLOSED] = {"class_device_closed", N_("closed a class device")},
    [AUDIT_SCHOOL_MADE] = {"school_made", N_("made the school")},
    [AUDIT_STRUCTURE_CHANGED] = {"structure_changed",
                                 N_("changed data of the school or its people")},
    [AUDIT_FUNCTION_GIVEN] = {"function_given", N_("gave a function")},
    [AUDIT_FUNCTION_TAKEN] = {"function_taken", N_("took a function back")},
    [AUDIT_ROSTER_APPLIED] = {"roster_applied", N_("read in a roster")},
    [AUDIT_PUPIL_LEFT] = {"pupil_left", N_("recorded the leaving")},
    [AUDIT_PUPIL_ERASED] = {"pupil_erased", N_("erased a dossier for good")},
    [AUDIT_YEAR_ACTIVATED] = {"year_activated", N_("changed the school year")},
    [AUDIT_ACCOUNT_INVITED] = {"account_invited", N_("invited somebody")},
    [AUDIT_ACCOUNT_DISABLED] = {"account_disabled", N_("blocked an account")},
    [AUDIT_KEYS_ROTATED] = {"keys_rotated", N_("renewed the keys")},
    [AUDIT_PURGED] = {"purged", N_("erased what was kept long enough")},
    [AUDIT_EXPORTED] = {"exported", N_("exported the dossier")},
    [AUDIT_ACCOUNT_ENABLED] = {"account_enabled", N_("opened an account again")},
    [AUDIT_CONVERSATION_PLANNED] = {"conversation_planned", N_("planned a conversation")},
    [AUDIT_CONVERSATION_MOVED] = {"conversation_moved", N_("moved a conversation")},
    [AUDIT_CONVERSATION_CANCELLED] = {"conversation_cancelled", N_("cancelled a conversation")},
    [AUDIT_CONVERSATION_INVITED] = {"conversation_invited", N_("sent an invitation")},
    [AUDIT_CONVERSATION_PREPARED] = {"conversation_prepared", N_("prepared a conversation")},
    [AUDIT_CONVERSATION_STARTED] = {"conversation_started", N_("began a conversation")},
    [AUDIT_CONVERSATION_CLOSED] = {"conversation_closed", N_("closed a conversation")},
    [AUDIT_CONVERSATION_EVALUATED] = {"conversation_evaluated",
                                      N_("looked back on a conversation")},
    [AUDIT_CONVERSATION_REOPENED] = {"conversation_reopened", N_("opened a conversation again")},
    [AUDIT_CONVERSATION_NOTED] = {"conversation_noted", N_("noted a short talk")},
    [AUDIT_CONVERSATION_SEEN] = {"conversation_seen", N_("read a conversation")},
    [AUDIT_CONVERSATION_PRINTED] = {"conversation_printed", N_("printed a conversation")},
    [AUDIT_PARTICIPANT_ADDED] = {"participant_added", N_("added somebody to a conversation")},
    [AUDIT_PARTICIPANT_REMOVED] = {"participant_removed", N_("took somebody off a conversation")},
    [AUDIT_ANSWER_SAVED] = {"answer_saved", N_("wrote in a conversation")},
    [AUDIT_ATTACHMENT_ADDED] = {"attachment_added", N_("added a picture or file")},
    [AUDIT_ATTACHMENT_SEEN] = {"attachment_seen", N_("looked at a picture or file")},
    [AUDIT_ATTACHMENT_REMOVED] = {"attachment_removed", N_("took a picture or file off")},
    [AUDIT_GOAL_SET] = {"goal_set", N_("set a goal")},
    [AUDIT_GOAL_CHANGED] = {"goal_changed", N_("changed a goal")},
    [AUDIT_GOAL_ENDED] = {"goal_ended", N_("ended a goal")},
    [AUDIT_NEED_SET] = {"need_set", N_("noted a need")},
    [AUDIT_NEED_CHANGED] = {"need_changed", N_("changed a need")},
    [AUDIT_AGREEMENT_MADE] = {"agreement_made", N_("made an agreement")},
    [AUDIT_AGREEMENT_CHANGED] = {"agreement_changed", N_("changed an agreement")},
    [AUDIT_AGREEMENT_ENDED] = {"agreement_ended", N_("ended an agreement")},
    [AUDIT_AGREEMENT_LOOKED_AT] = {"agreement_looked_at", N_("looked back on an agreement")},
    [AUDIT_PLAN_MADE] = {"plan_made", N_("made a child plan")},
    [AUDIT_PLAN_CHANGED] = {"plan_changed", N_("changed a child plan")},
    [AUDIT_PLAN_EVALUATED] = {"plan_evaluated", N_("looked back on a child plan")},
    [AUDIT_SHARING_DECIDED] = {"sharing_decided", N_("decided who may know")},
    [AUDIT_SHARING_EXCEPTION] = {"sharing_exception", N_("told something for safety's sake")},
    [AUDIT_SHARED_SEEN] = {"shared_seen", N_("read what was shared")},
    [AUDIT_LINK_MADE] = {"link_made", N_("made a link for a visitor")},
    [AUDIT_LINK_REVOKED] = {"link_revoked", N_("closed a link of a visitor")},
    [AUDIT_TALK_WISHED] = {"talk_wished", N_("asked for a talk")},
    [AUDIT_METHOD_PUBLISHED] = {"method_published", N_("published a kind of conversation")},
    [AUDIT_METHOD_WITHDRAWN] = {"method_withdrawn", N_("withdrew a kind of conversation")},
    [AUDIT_CALENDAR_MADE] = {"calendar_made", N_("made a link to their own calendar")},
    [AUDIT_CALENDAR_ENDED] = {"calendar_ended", N_("took back the link to their own calendar")},
    [AUDIT_CONVERSATION_MERGED] = {"conversation_merged", N_("put two conversations together")},
    [AUDIT_TALK_WISH_ENDED] = {"talk_wish_ended", N_("put down a raised hand")},
    [AUDIT_DOSSIER_SEARCHED] = {"dossier_searched", N_("found something in the dossier")},
    [AUDIT_SHEET_PRINTED] = {"sheet_printed", N_("printed a page of what was agreed")},
    [AUDIT_TEXT_TAKEN] = {"text_taken", N_("made a text for another system")},
    [AUDIT_OPP_ADDED] = {"opp_added", N_("noted how the pupil was heard about the OPP")},
    [AUDIT_OPP_CHANGED] = {"opp_changed", N_("changed how the pupil was heard about the OPP")},
    [AUDIT_OPP_REMOVED] = {"opp_removed", N_("took a moment of the OPP off")},
    [AUDIT_OPP_SEEN] = {"opp_seen", N_("read how the pupil was heard about the OPP")},
    [AUDIT_OPP_PRINTED] = {"opp_printed", N_("printed how the pupil was heard about the OPP")},
};

static const struct audit_words *words_of(enum audit_action action)
{
    size_t i = (size_t)action;
    return i < ARRAY_LEN(all_words) && all_words[i].name ? &all_words[i] : NULL;
}

const char *audit_action_name(enum audit_action action)
{
    const struct audit_words *words = words_of(action);
    return words ? words->name : "unknown";
}

const char *audit_action_words(enum audit_action action)
{
    const struct audit_words *words = words_of(action);
    return words ? words->words : N_("did something else");
}

const char *audit_actor_words(int64_t actor_kind)
{
    switch (actor_kind) {
    case ACTOR_STAFF:
        return N_("somebody who has left");
    case ACTOR_PUPIL:
        return N_("a pupil");
    case ACTOR_GUARDIAN:
        return N_("a parent");
    case ACTOR_EXTERNAL:
        return N_("somebody from outside");
    case ACTOR_PROGRAM:
        return N_("the program");
    default:
        return N_("somebody not signed in");
    }
}
