/* kinds: one constant per kind of answer; kinds.c has the table. */
#ifndef ANSWER_KINDS_H
#define ANSWER_KINDS_H

#include "answer/kind.h"

extern const struct answer_kind kind_short, kind_text, kind_words, kind_faces, kind_choice,
    kind_many, kind_scale, kind_cards, kind_drawing, kind_file, kind_roles, kind_lists,
    kind_summary, kind_certainty, kind_tops_tips, kind_listened, kind_listening, kind_goal,
    kind_need, kind_agreement, kind_plan, kind_sharing;

#endif
