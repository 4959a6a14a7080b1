#include "agreement/agreement_web.h"
#include "badge/badge_web.h"
#include "conversation/calendar_web.h"
#include "conversation/form_paper_web.h"
#include "conversation/group_talk_web.h"
#include "conversation/people_web.h"
#include "conversation/plan_web.h"
#include "conversation/taking_part_web.h"
#include "conversation/talk_web.h"
#include "goal/evidence_web.h"
#include "goal/goal_web.h"
#include "group/group_admin_web.h"
#include "group/group_web.h"
#include "guardian/guardian_web.h"
#include "handover/handover_web.h"
#include "method/method_edit_web.h"
#include "method/method_parts_web.h"
#include "method/method_take_web.h"
#include "method/method_preparation_web.h"
#include "method/method_question_web.h"
#include "method/method_web.h"
#include "mirror/mirror_web.h"
#include "operate/access_request_web.h"
#include "observation/observation_web.h"
#include "opp/opp_web.h"
#include "pupil/emergency_web.h"
#include "plan/child_plan_web.h"
#include "pupil/pupil_admin_web.h"
#include "pupil/pupil_web.h"
#include "roster/import_web.h"
#include "school/coverage_web.h"
#include "school/log_web.h"
#include "school/school_web.h"
#include "school/year_web.h"
#include "search/search_web.h"
#include "sharing/sharing_web.h"
#include "signin/signin_web.h"
#include "staff/staff_web.h"
#include "visit/visit_web.h"
#include "web/look.h"
#include "web/route.h"

/*
 * Every table of routes in the program. A new subject adds its line here, and a row per route in
 * tests/access_matrix.txt.
 */
const struct route *const all_routes[] = {
    look_routes,
    signin_routes,
    set_up_routes,
    account_routes,
    group_routes,
    observation_routes,
    pupil_routes,
    plan_routes,
    round_routes,
    group_talk_routes,
    people_routes,
    talk_routes,
    talk_past_routes,
    self_routes,
    prepare_routes,
    paper_routes,
    code_routes,
    taking_part_routes,
    calendar_routes,
    goal_routes,
    evidence_routes,
    need_routes,
    agreement_routes,
    child_plan_routes,
    badge_routes,
    class_routes,
    sharing_routes,
    looked_routes,
    visit_routes,
    guest_routes,
    invite_routes,
    invite_round_routes,
    import_routes,
    school_routes,
    year_routes,
    coverage_routes,
    log_routes,
    group_admin_routes,
    pupil_admin_routes,
    guardian_routes,
    guardian_tie_routes,
    staff_routes,
    emergency_routes,
    method_routes,
    method_edit_routes,
    method_take_routes,
    method_parts_routes,
    method_question_routes,
    method_preparation_routes,
    mirror_routes,
    practice_routes,
    sharpen_routes,
    search_routes,
    opp_routes,
    handover_routes,
    access_request_routes,
    NULL,
};
